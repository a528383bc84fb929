import { createMlpRunner, type Mlp } from '../../../ml/mlp.ts'
import { morphSpectrum, type EftOrder } from '../../../physics/drell-yan/spectrum-templates.ts'
import type { UniverseModel } from './universes.ts'
import { whitenSpectra } from './whitening.ts'

/** The universe under the sliders, recomputed exactly at every move. */
export interface LiveUniverse {
  spectrum: Float64Array // [bins], pb per bin, in the chosen order
  whitened: Float32Array // [bins]
  latent: Float32Array // [d]
  /** Fisher distance to the SM of the spectrum shown. */
  distance: number
  /** First bin in which the linear spectrum is negative, or -1. */
  negativeBin: number
}

/** About 20 thousand multiplications: far below a frame on any machine. */
export function liveUniverse(
  model: UniverseModel,
  encoder: Mlp,
  coefficients: ArrayLike<number>,
  order: EftOrder,
): LiveUniverse {
  const spectrum = morphSpectrum(model.templates, coefficients, order)
  const whitened = whitenSpectra(model.whitening, spectrum, 1)
  const latent = new Float32Array(encoder.layers[encoder.layers.length - 1].outputs)
  createMlpRunner(encoder).run(whitened, latent)
  const linear = order === 'linear' ? spectrum : morphSpectrum(model.templates, coefficients, 'linear')
  return {
    spectrum,
    whitened,
    latent,
    distance: Math.hypot(...whitened),
    negativeBin: linear.findIndex((value) => value < 0),
  }
}
