import type { Mlp } from '../../../../ml/mlp.ts'
import type { ComparedMaps } from '../../../../numerics/compared-maps.ts'
import type { CompareRequest } from '../compare/compare-encoders.ts'
import type { DirectionsReport, DirectionsRequest } from '../directions/directions-report.ts'
import type { Attribution } from '../directions/integrated-gradients.ts'
import type { Whitening } from '../whitening.ts'

/** Questions about the latent spaces of encoders. */
export type LatentJobs = {
  'latent-directions': { request: DirectionsRequest; progress: number; result: DirectionsReport }
  'integrated-gradients': {
    request: { encoder: Mlp; whitening: Pick<Whitening, 'inverse' | 'cholesky'>; whitened: Float32Array }
    progress: never
    result: Attribution
  }
  'compare-maps': { request: CompareRequest; progress: number; result: ComparedMaps }
}
