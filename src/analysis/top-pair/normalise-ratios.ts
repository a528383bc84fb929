import { featureMatrix, type EventTable } from '../../generator/event-table.ts'
import type { ObservableName } from '../../generator/observables.ts'
import { predictRatios, type RatioNetwork } from '../../ml/ratio/ratio-network.ts'
import { smWeights, termWeights } from './ratio-sample.ts'
import { parseRatioTerm, termIndex } from './ratio-terms.ts'

/** Nothing is rescaled by more than this: such a network has learned something else, which diagnostics should show. */
const largestFactor = 1.5

export interface NormalisedNetwork {
  network: RatioNetwork
  /** By what each term's ratio, or density of a class at its training point, was multiplied; 1 where it was left alone. */
  factors: number[] // [terms]
}

/**
 * Brings learned ratios to the rate of their terms: E_SM[r_t] = σ_t/σ_SM holds for the exact ratio, and after multiplication
 * with one number holds for the learned one on these events. Ratios of linear and cross terms that change sign are
 * left alone in joint networks, where a factor says little.
 *
 * @param events  those trained on
 */
export function normaliseRatios(network: RatioNetwork, events: EventTable): NormalisedNetwork {
  const { terms, decoder } = network
  const sm = smWeights(events)
  const smTotal = total(sm)
  const ratios = predictRatios(network, featureMatrix(events, network.features as readonly ObservableName[]))
  const meanOf = (t: number): number =>
    sm.reduce((sum, w, i) => sum + w * ratios[i * terms.length + t], 0) / smTotal
  const rateOf = (t: number): number =>
    total(termWeights(events, termIndex(events.operators, parseRatioTerm(terms[t])))) / smTotal
  if (decoder.kind === 'classifier') {
    const { trainingPoint } = decoder
    // With a training point the class is SM + c r.
    const density = (r: number): number => (trainingPoint === null ? r : 1 + trainingPoint * r)
    const factor = held(density(rateOf(0)) / density(meanOf(0)))
    return {
      network: { ...network, decoder: { ...decoder, scale: factor * decoder.scale } },
      factors: [factor],
    }
  }
  const factors = terms.map((term, t) => (term.endsWith('^2') ? held(rateOf(t) / meanOf(t)) : 1))
  return { network: { ...network, decoder: { ...decoder, factors } }, factors }
}

const held = (factor: number): number => (factor > 1 / largestFactor && factor < largestFactor ? factor : 1)

const total = (values: Float64Array): number => values.reduce((sum, w) => sum + w, 0)
