import { compareEncoders } from '../compare/compare-encoders.ts'
import { directionsReport } from '../directions/directions-report.ts'
import { integratedGradients } from '../directions/integrated-gradients.ts'
import type { LatentJobs } from './latent-jobs.ts'

export const latentHandlers = {
  'latent-directions': (request: LatentJobs['latent-directions']['request']) => directionsReport(request),
  'integrated-gradients': (request: LatentJobs['integrated-gradients']['request']) =>
    Promise.resolve(integratedGradients(request.encoder, request.whitening, request.whitened)),
  async *'compare-a4'({
    whitenedLinear,
    others,
  }: LatentJobs['compare-a4']['request']): AsyncGenerator<number, LatentJobs['compare-a4']['result']> {
    const [{ answerA4 }, { readCmsA4 }] = await Promise.all([
      import('../a4/answer-a4.ts'),
      import('../a4/read-cms-a4.ts'),
    ])
    return yield* answerA4(await readCmsA4(), whitenedLinear, others)
  },
  'compare-maps': (request: LatentJobs['compare-maps']['request']) => compareEncoders(request),
}
