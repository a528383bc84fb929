import { describe, expect, it } from 'vitest'
import type { SpectrumScores } from '../../../analysis/drell-yan/anomaly/spectrum-scores.ts'
import { theoryOf, residualOf } from '../../../analysis/drell-yan/anomaly/theory.ts'
import { runMlp } from '../../../ml/mlp.ts'
import type { Subject } from '../../../state/subject.ts'
import '../../../testing/matchers.ts'
import { smallBins as bins, smallCorpus } from '../../../testing/small-universes.ts'
import { drawnSpectrum, localErrors, residualPulls, shapeOf } from './drawn-spectrum.ts'
import { foldVerdict } from './fold-text.ts'

const { header, encoder } = await smallCorpus()
const { model } = header
const { sm } = model.templates

const subject = (kind: Subject['kind']): Subject => ({
  ...{ key: kind, kind, title: kind, spectrum: sm, error: null, coefficients: null },
  whitened: new Float32Array(bins),
  latent: runMlp(encoder.mlp, new Float32Array(bins), 1),
})
const bump = shapeOf({ kind: 'resonance', massGeV: 150, widthGeV: 30, strength: 0.5 })

describe('a drawn spectrum', () => {
  it('is the subject itself where nothing was drawn', () => {
    const universe = subject('universe')
    expect(drawnSpectrum(model, encoder.mlp, universe, null, null).whitened).toBe(universe.whitened)
  })

  it('has the shape and, if wished, noise; noise is never added twice', () => {
    const drawn = drawnSpectrum(model, encoder.mlp, subject('universe'), bump, null)
    expect(drawn.noisy).toBe(false)
    expect(Math.hypot(...drawn.whitened)).toBeGreaterThan(1)
    const noisy = drawnSpectrum(model, encoder.mlp, subject('universe'), bump, 3)
    expect(noisy.noisy).toBe(true)
    expect(noisy.spectrum).not.toEqual(drawn.spectrum)
    const measured = drawnSpectrum(model, encoder.mlp, subject('measurement'), bump, 3)
    expect(measured).toMatchObject({ noisy: true, absorbed: 3 })
    expect(measured.spectrum).toEqual(drawn.spectrum)
  })
})

describe('pulls', () => {
  it('of a deviation in one bin are largest there, in units of what the other bins leave open', () => {
    const whitened = model.whitening.inverse.slice()
    const at = 4
    const size = 3 * localErrors(model)[at]
    // L^-1 applied to a deviation in one bin is one column of L^-1.
    const residual = Float64Array.from({ length: bins }, (_, b) => whitened[b * bins + at] * size)
    const pulls = residualPulls(model, residual)
    expect(pulls[at]).toBeCloseToRel(3, 1e-9)
    pulls.forEach((pull, b) => b !== at && expect(Math.abs(pull)).toBeLessThan(3))
    expect(Math.hypot(...residual)).toBeCloseToRel(3, 1e-9)
  })

  it('of a universe vanish', () => {
    const { residual } = residualOf(theoryOf(model, 'linear'), header.whitenedMeans.subarray(bins, 2 * bins))
    expect(Math.max(...residualPulls(model, residual).map(Math.abs))).toBeLessThan(1e-3)
  })
})

describe('the verdict', () => {
  const scores = (map: number, residual: number, folded: boolean) =>
    ({
      residual: { pValue: residual },
      empirical: { 'kth-neighbour': { pValue: map, value: 1 } },
      fold: { universe: 7, latentDistance: 0.1, noiseFree: 9, folded },
    }) as unknown as SpectrumScores

  it.each([
    [0.9, 1e-6, true, 'The map hides this: it is folded onto universe 7'],
    [0.01, 1e-6, false, 'Map and spectrum agree that this is unusual'],
    [0.01, 0.5, false, 'Unusual on the map, though some universe explains it'],
    [0.9, 0.5, false, 'Nothing unusual'],
  ])('map p = %s, residual p = %s', (map, residual, folded, title) => {
    expect(foldVerdict(scores(map, residual, folded), 2).title).toBe(title)
  })
})
