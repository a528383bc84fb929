import { compareEncoders } from '../compare/compare-encoders.ts'
import { directionsReport } from '../directions/directions-report.ts'
import { integratedGradients } from '../directions/integrated-gradients.ts'
import type { LatentJobs } from './latent-jobs.ts'

export const latentHandlers = {
  'latent-directions': (request: LatentJobs['latent-directions']['request']) => directionsReport(request),
  'integrated-gradients': (request: LatentJobs['integrated-gradients']['request']) =>
    Promise.resolve(integratedGradients(request.encoder, request.whitening, request.whitened)),
  'compare-maps': (request: LatentJobs['compare-maps']['request']) => compareEncoders(request),
}
