import { featureMatrix, type EventTable } from '../../../generator/event-table.ts'
import type { ObservableName } from '../../../generator/observables.ts'
import { classifierScores, type RatioNetwork } from '../../../ml/ratio/ratio-network.ts'
import { fitRecalibration } from '../../../ml/ratio/recalibration.ts'
import { runMlp } from '../../../ml/mlp.ts'
import { applyScaler } from '../../../ml/ratio/scaler.ts'
import { smWeights, termWeights } from './ratio-sample.ts'
import { parseRatioTerm, termIndex } from './ratio-terms.ts'

/**
 * Corrects a trained classifier on events that it has not seen (recalibration.ts). About a training point it is the
 * density SM + c × term that is corrected, so that interference keeps both signs; of a square it is the square itself,
 * which so becomes positive. Other kinds of network, and classes that these events give no rate, are left alone.
 */
export function* recalibrateRatios(
  network: RatioNetwork,
  events: EventTable,
): Generator<number, RatioNetwork> {
  const { decoder } = network
  if (decoder.kind !== 'classifier') return network
  const { scale, trainingPoint } = decoder
  const term = parseRatioTerm(network.terms[0])
  const of = trainingPoint === null || term.kind === 'quadratic' ? 'ratio' : 'density'
  const sm = smWeights(events)
  const own = termWeights(events, termIndex(events.operators, term))
  const other =
    of === 'ratio' ? own.map((w) => Math.sign(scale) * w) : own.map((w, i) => sm[i] + trainingPoint! * w)
  if (!(other.reduce((sum, w) => sum + w, 0) > 0)) return network
  const x = featureMatrix(events, network.features as readonly ObservableName[])
  const logits = runMlp(network.mlp, applyScaler(network.scaler, x), events.rows)
  const scores = classifierScores(scale, logits)
  const stages = yield* fitRecalibration(scores, x, { sm, other })
  return { ...network, decoder: { ...decoder, recalibration: { of, stages, events: events.rows } } }
}
