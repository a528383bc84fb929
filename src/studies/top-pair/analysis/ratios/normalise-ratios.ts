import { featureMatrix, type EventTable } from '../../../../generator/event-table.ts'
import type { ObservableName } from '../../../../generator/observables.ts'
import { predictRatios, type RatioNetwork } from '../../../../ml/ratio/ratio-network.ts'
import { smWeights, termWeights } from './ratio-sample.ts'
import { parseRatioTerm, termIndex } from './ratio-terms.ts'

/**
 * Nothing is rescaled by more than this. What is further off is off in a tail, and a factor would carry that into the
 * bulk; diagnostics should show it instead.
 */
const largestFactor = 1.1

export interface NormalisedNetwork {
  network: RatioNetwork
  /**
   * By what each term's ratio or the vector of an operator was multiplied; 1 where it was left alone.
   */
  factors: number[] // [terms]
}

/**
 * Brings learned ratios to the rate of their terms: E_SM[r_t] = σ_t/σ_SM holds for the exact ratio, and after multiplication
 * with one number holds for the learned one on these events. In a joint network a ratio that changes sign so often that
 * its rate is the difference of large numbers is left alone. A classifier is first held to ratios that the events bear out. In a positive ratio the vector of each operator is
 * stretched and shifted so that its linear term and its square have their rates and the ratio stays positive.
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
  const keepsSign = (t: number): boolean => {
    const size = sm.reduce((sum, w, i) => sum + w * Math.abs(ratios[i * terms.length + t]), 0) / smTotal
    return Math.abs(meanOf(t)) > 0.5 * size
  }
  if (decoder.kind === 'classifier') {
    const { trainingPoint } = decoder
    // With a training point the class is SM + c r.
    const density = (r: number): number => (trainingPoint === null ? r : 1 + trainingPoint * r)
    const learned = Float64Array.from(ratios, density)
    const exact = termWeights(events, termIndex(events.operators, parseRatioTerm(terms[0]))).map((w, i) =>
      trainingPoint === null ? w : sm[i] + trainingPoint * w,
    )
    const limit = believable(learned, exact, sm)
    const mean = sm.reduce((sum, w, i) => sum + w * bounded(learned[i], limit), 0) / smTotal
    // About a training point most of the density is the SM's, which a factor would spoil.
    const factor = trainingPoint === null ? held(rateOf(0) / mean) : 1
    const scale = factor * decoder.scale
    return {
      network: { ...network, decoder: { ...decoder, scale, limit: factor * limit } },
      factors: [factor],
    }
  }
  if (decoder.kind === 'positive') {
    const n = decoder.units.length
    const adjust = decoder.units.map((unit, j): [number, number] => {
      const square = terms.indexOf(`${terms[j]}^2`)
      return adjustment(
        meanOf(j) / unit,
        meanOf(square) / unit ** 2,
        rateOf(j) / unit,
        rateOf(square) / unit ** 2,
      )
    })
    const adjusted = { ...network, decoder: { ...decoder, adjust } }
    return { network: adjusted, factors: terms.map((_, t) => (t < n ? adjust[t][0] : 1)) }
  }
  const factors = terms.map((_, t) => (keepsSign(t) ? held(rateOf(t) / meanOf(t)) : 1))
  return { network: { ...network, decoder: { ...decoder, factors } }, factors }
}

/**
 * Factor f and shift d of a vector a with means L of 2 a_0 and Q of |a|^2, after which they are S and T: f L + 2 d = S and
 * f^2 Q + f d L + d^2 = T, so f^2 = (T - S^2/4)/(Q - L^2/4).
 */
function adjustment(linear: number, square: number, toLinear: number, toSquare: number): [number, number] {
  const factor = Math.sqrt((toSquare - toLinear ** 2 / 4) / (square - linear ** 2 / 4))
  return held(factor) === factor ? [factor, (toLinear - factor * linear) / 2] : [1, 0]
}

/** Events with the largest ratios, which say what such a ratio is worth. */
const topEvents = 50

/**
 * Twice what the events themselves say where the learned ratio is largest. A classifier's odds are exponentials of a network,
 * which far out in the features, where training had an event or two, may grow without end; one such event
 * would outweigh all others in a sum or a likelihood.
 */
function believable(learned: Float64Array, exact: Float64Array, sm: Float64Array): number {
  const order = Uint32Array.from({ length: learned.length }, (_, i) => i).sort(
    (a, b) => Math.abs(learned[b]) - Math.abs(learned[a]),
  )
  let sum = 0
  let smSum = 0
  for (const i of order.subarray(0, topEvents)) {
    sum += exact[i]
    smSum += sm[i]
  }
  const observed = sum / smSum
  return observed !== 0 && Number.isFinite(observed) ? 2 * Math.abs(observed) : Number.MAX_VALUE
}

const bounded = (value: number, limit: number): number => Math.sign(value) * Math.min(limit, Math.abs(value))

const held = (factor: number): number => (factor > 1 / largestFactor && factor < largestFactor ? factor : 1)

const total = (values: Float64Array): number => values.reduce((sum, w) => sum + w, 0)
