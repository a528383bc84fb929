import { conditionalErrors, totalErrors } from '../../analysis/agreement.ts'
import type { UniverseModel } from '../../analysis/universes.ts'

/** How well bins are known: the grey band around the SM. */
export interface NoiseBand {
  /** Without an article: "total uncertainty". */
  name: string
  errors: Float64Array // [bins], pb per bin
}

/**
 * The total uncertainty of each bin alone. Where a free K factor stands in the covariance of a measurement that is as
 * large as the cross-section and says nothing: there the band is what all other bins leave of it.
 */
export function noiseBand(model: UniverseModel, freeKFactor: boolean): NoiseBand {
  return freeKFactor
    ? { name: 'error given the others', errors: conditionalErrors(model) }
    : { name: 'total uncertainty', errors: totalErrors(model) }
}
