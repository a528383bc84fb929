import { featureMatrix, type EventTable } from '../../../../generator/event-table.ts'
import type { ObservableName } from '../../../../generator/observables.ts'
import { classifierScores, type RatioNetwork } from '../../../../ml/ratio/ratio-network.ts'
import { fitRecalibration } from '../../../../ml/ratio/recalibration.ts'
import { runMlp } from '../../../../ml/mlp.ts'
import { applyScaler } from '../../../../ml/ratio/scaler.ts'
import { largestNegativeShare, shareBelowZero } from './classifier-rows.ts'
import { smWeights, termWeights } from './ratio-sample.ts'
import { parseRatioTerm, termIndex } from './ratio-terms.ts'

/**
 * Corrects a trained classifier on events that it has not seen (recalibration.ts). A term of one sign is corrected itself,
 * and keeps that sign everywhere. Interference of both signs was learned on top of the SM, and there it is the density
 * SM + c × term that is corrected. Other kinds of network, and classes that these events give no rate, are left alone.
 */
export function* recalibrateRatios(
  network: RatioNetwork,
  events: EventTable,
): Generator<number, RatioNetwork> {
  const { decoder } = network
  if (decoder.kind !== 'classifier') return network
  const { scale, trainingPoint } = decoder
  const term = parseRatioTerm(network.terms[0])
  const sm = smWeights(events)
  const own = termWeights(events, termIndex(events.operators, term))
  // Without a training point the scale has the sign.
  const sign = (trainingPoint === null ? scale : own.reduce((sum, w) => sum + w, 0)) < 0 ? -1 : 1
  const signed = own.map((w) => sign * w)
  const itself = trainingPoint === null || shareBelowZero(signed) <= largestNegativeShare
  const other = itself ? signed : own.map((w, i) => sm[i] + trainingPoint * w)
  if (!(other.reduce((sum, w) => sum + w, 0) > 0)) return network
  const x = featureMatrix(events, network.features as readonly ObservableName[])
  const logits = runMlp(network.mlp, applyScaler(network.scaler, x), events.rows)
  const scores = classifierScores(scale, logits)
  const stages = yield* fitRecalibration(scores, x, { sm, other })
  return {
    ...network,
    decoder: { ...decoder, recalibration: { sign: itself ? sign : null, stages, events: events.rows } },
  }
}
