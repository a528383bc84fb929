import { AppError } from '../../errors.ts'
import { fourier } from '../../numerics/fft.ts'
import type { LogRatios } from './log-ratios.ts'

/** Log-ratios of sets of N events and their probabilities under either model. */
export interface SetLogRatios {
  /** Of the first step, and from one to the next. */
  low: number
  step: number
  a: Float64Array // [steps], sums to 1
  b: Float64Array
}

export const mostEventsOfSet = 1000

const steps = 2 ** 14

/** Standard deviations of a sum that the grid reaches out to, either way. */
const reach = 12

/** @throws AppError 'input/invalid' */
export function checkEventsOfSet(events: number): void {
  if (!(Number.isInteger(events) && events >= 1 && events <= mostEventsOfSet))
    throw new AppError(
      'input/invalid',
      `A set has a whole number of 1 to ${mostEventsOfSet} events, got ${events}. Choose another.`,
    )
}

/**
 * Distribution of the sum of `events` independent log-ratios under either model, by Fourier transform of that of one:
 * exact but for the grid. Each event is shared by the two steps beside it, which keeps its mean and adds at most a
 * quarter of a squared step to its variance.
 */
export function setLogRatios(one: LogRatios, events: number): SetLogRatios {
  checkEventsOfSet(events)
  const ends = [one.a, one.b].map((weights) => momentsOf(one.ratio, weights))
  const span = one.ratio[one.ratio.length - 1] - one.ratio[0]
  const margin = ({ variance }: { variance: number }) =>
    Math.min(events * span, reach * Math.sqrt(events * variance) + span)
  const low = Math.min(...ends.map((own) => events * own.mean - margin(own)))
  const high = Math.max(...ends.map((own) => events * own.mean + margin(own)))
  const step = Math.max((high - low) / (steps - 2), 1e-9)
  const first = Math.floor(low / step)
  const sums = (weights: Float64Array) => {
    const circle = convolved(onCircle(one.ratio, weights, step), events)
    return circle.map((_, k) => circle[modulo(first + k)])
  }
  return { low: first * step, step, a: sums(one.a), b: sums(one.b) }
}

function momentsOf(values: Float64Array, weights: Float64Array): { mean: number; variance: number } {
  let [sum, sum2] = [0, 0]
  values.forEach((value, i) => {
    sum += weights[i] * value
    sum2 += weights[i] * value * value
  })
  return { mean: sum, variance: Math.max(0, sum2 - sum * sum) }
}

const modulo = (k: number): number => ((k % steps) + steps) % steps

/** Step k of the circle is the log-ratio k × step, and any that lies whole turns away. */
function onCircle(ratio: Float64Array, weights: Float64Array, step: number): Float64Array {
  const out = new Float64Array(steps)
  ratio.forEach((value, i) => {
    const place = value / step
    const at = Math.floor(place)
    out[modulo(at)] += weights[i] * (1 - (place - at))
    out[modulo(at + 1)] += weights[i] * (place - at)
  })
  return out
}

/** The n-fold convolution with itself round the circle. */
function convolved(probabilities: Float64Array, n: number): Float64Array {
  const real = probabilities
  const imaginary = new Float64Array(real.length)
  fourier(real, imaginary)
  for (let k = 0; k < real.length; k++) {
    const size = Math.hypot(real[k], imaginary[k]) ** n
    const angle = n * Math.atan2(imaginary[k], real[k])
    real[k] = size * Math.cos(angle)
    imaginary[k] = size * Math.sin(angle)
  }
  fourier(real, imaginary, true)
  // Rounding leaves some 1e-17 of either sign.
  return real.map((value) => Math.max(0, value / real.length))
}
