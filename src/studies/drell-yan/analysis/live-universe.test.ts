import { describe, expect, it } from 'vitest'
import { foldBatchNorm, initialiseParameters } from '../../../ml/encoder-parameters.ts'
import { runMlp } from '../../../ml/mlp.ts'
import { createRng } from '../../../numerics/rng.ts'
import { morphSpectrum } from '../../../physics/drell-yan/spectrum-templates.ts'
import { operatorIndex } from '../../../physics/smeft/operators.ts'
import { smallBins as bins, smallModel } from '../../../testing/small-universes.ts'
import { liveUniverse } from './live-universe.ts'
import { whitenSpectra } from './whitening.ts'

const model = smallModel()
const architecture = { features: bins, widths: [16, 8], latentDim: 3 }
const encoder = foldBatchNorm(initialiseParameters(architecture, createRng(1)))

describe('the live universe', () => {
  it.each(['linear', 'quadratic'] as const)('is morphing, whitening and encoding in one: %s', (order) => {
    const coefficients = model.prior.halfWidth.map((h, o) => (o % 3 ? h : -h))
    const live = liveUniverse(model, encoder, coefficients, order)
    expect(live.spectrum).toEqual(morphSpectrum(model.templates, coefficients, order))
    expect(live.whitened).toEqual(whitenSpectra(model.whitening, live.spectrum, 1))
    const latent = runMlp(encoder, live.whitened, 1)
    live.latent.forEach((z, k) => expect(z).toBeCloseTo(latent[k], 5))
    expect(live.distance).toBe(Math.hypot(...live.whitened))
    expect(live.negativeBin).toBe(-1)
  })

  it('is the SM without coefficients', () => {
    const live = liveUniverse(model, encoder, new Float64Array(17), 'linear')
    expect(live.spectrum).toEqual(model.templates.sm)
    expect(live.distance).toBe(0)
  })

  it('names the first bin that linear theory makes negative, whatever order is shown', () => {
    const coefficients = new Float64Array(17)
    coefficients[operatorIndex('clq3')] = -1.5 // destructive at high mass; limits in drell-yan notes, section 6
    const linear = liveUniverse(model, encoder, coefficients, 'linear')
    const first = linear.spectrum.findIndex((value) => value < 0)
    expect(first).toBeGreaterThan(0)
    expect(linear.negativeBin).toBe(first)
    const quadratic = liveUniverse(model, encoder, coefficients, 'quadratic')
    expect(Math.min(...quadratic.spectrum)).toBeGreaterThan(0)
    expect(quadratic.negativeBin).toBe(first)
  })
})
