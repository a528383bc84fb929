import type { AnomalyJobs } from './anomaly-jobs.ts'
import { evaluateAnomalies } from '../anomaly/evaluate.ts'
import { knownUniverses, positiveUniverses } from '../anomaly/known-universes.ts'
import { priorNetworkScore } from '../anomaly/prior-network-score.ts'
import { evaluateRetrieval } from '../retrieval/evaluate.ts'

type Request<K extends keyof AnomalyJobs> = AnomalyJobs[K]['request']

export const anomalyHandlers = {
  'known-universes': ({
    model,
    encoder,
    whitenedMeans,
    flags,
    order,
    calibrated,
  }: Request<'known-universes'>) =>
    knownUniverses(
      model,
      encoder,
      whitenedMeans,
      positiveUniverses(flags, order),
      order,
      undefined,
      calibrated,
    ),
  'evaluate-anomalies': ({ model, encoder, priorNetwork, options }: Request<'evaluate-anomalies'>) =>
    evaluateAnomalies(
      model,
      encoder,
      options,
      priorNetwork ? [priorNetworkScore(priorNetwork, model.templates.bins)] : [],
    ),
  'evaluate-retrieval': ({ model, gallery, encoder, options }: Request<'evaluate-retrieval'>) =>
    evaluateRetrieval(model, gallery, encoder, options),
}
