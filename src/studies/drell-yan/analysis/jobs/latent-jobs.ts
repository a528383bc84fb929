import type { Mlp } from '../../../../ml/mlp.ts'
import type { PdfFile } from '../../../../physics/pdf/open-pdf.ts'
import type { ComparedMaps } from '../../../../numerics/compared-maps.ts'
import type { A4Comparison } from '../a4/a4-comparison.ts'
import type { CombinedReach } from '../a4/combined-reach.ts'
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
  /** CMS's A_4 beside theory, and what it resolves with the spectrum of a dataset, whose whitened templates are given. */
  'compare-a4': {
    request: { whitenedLinear: Float64Array; others: PdfFile[][] }
    progress: number
    result: { comparison: A4Comparison; reach: CombinedReach }
  }
}
