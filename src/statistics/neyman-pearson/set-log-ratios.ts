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
  const [a, b] = [one.a, one.b].map((weights) => onCircle(one.ratio, weights, step))
  if (events > 1) convolve(a, b, events)
  const cut = (circle: Float64Array) => circle.map((_, k) => Math.max(0, circle[modulo(first + k)]))
  return { low: first * step, step, a: cut(a), b: cut(b) }
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

/** Both n-fold convolutions with themselves round the circle, in place: one is the real, one the imaginary part. */
function convolve(a: Float64Array, b: Float64Array, n: number): void {
  fourier(a, b)
  for (let k = 0; k <= steps / 2; k++) {
    const other = modulo(-k)
    // The transforms of real numbers are the even and odd parts of that of both.
    const [p, q] = [0.5 * (a[k] + a[other]), 0.5 * (b[k] - b[other])]
    const [r, s] = [0.5 * (b[k] + b[other]), 0.5 * (a[other] - a[k])]
    const [pn, qn] = power(p, q, n)
    const [rn, sn] = power(r, s, n)
    a[k] = pn - sn
    b[k] = qn + rn
    a[other] = pn + sn
    b[other] = rn - qn
  }
  fourier(a, b, true)
  // Rounding leaves some 1e-17 of either sign.
  for (let k = 0; k < steps; k++) {
    a[k] /= steps
    b[k] /= steps
  }
}

function power(x: number, y: number, n: number): [number, number] {
  const size = Math.hypot(x, y) ** n
  const angle = n * Math.atan2(y, x)
  return [size * Math.cos(angle), size * Math.sin(angle)]
}
