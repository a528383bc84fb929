import type { Mlp } from '../ml/mlp.ts'
import type { CompareRequest, ComparedMaps } from './drell-yan/compare/compare-maps.ts'
import type { DirectionsReport, DirectionsRequest } from './drell-yan/directions/directions-report.ts'
import type { Attribution } from './drell-yan/directions/integrated-gradients.ts'
import type { Whitening } from './drell-yan/whitening.ts'

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
