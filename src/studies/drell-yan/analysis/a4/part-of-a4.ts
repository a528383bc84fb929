import { AppError } from '../../../../errors.ts'
import type { A4Bin, A4Measurement } from './a4-measurement.ts'

/** Ranges [low, high] in which whole bins must lie; absent: all. */
export interface A4Window {
  absY?: readonly number[]
  mass?: readonly number[] // GeV
}

const axes = [
  { key: 'absY', name: '|y|', unit: '' },
  { key: 'mass', name: 'mass', unit: ' GeV' },
] as const

/**
 * The bins of a measured A_4 within a window, with their part of the covariance.
 *
 * @throws AppError 'input/invalid' for a window that falls, 'physics/out-of-range' for one that leaves the measurement or
 *         holds no whole bin, with the numbers of both
 */
export function partOfA4(measurement: A4Measurement, window: A4Window): A4Measurement {
  const { bins, value, error, covariance, title } = measurement
  for (const { key, name, unit } of axes) {
    const range = window[key]
    if (!range) continue
    const [low, high] = range
    if (!(high > low))
      throw new AppError(
        'input/invalid',
        `A window of ${name} must rise, got ${low} to ${high}${unit}. Give the smaller number first.`,
      )
    const [first, last] = reach(bins, key)
    if (low < first || high > last)
      throw new AppError(
        'physics/out-of-range',
        `${name} from ${low} to ${high}${unit} leaves the ${bins.length} bins of ${title}, which run from ${first} to ${last}${unit}. Choose a window within.`,
        { window: [low, high], bins: [first, last] },
      )
  }
  const inside = bins.flatMap((bin, b) =>
    axes.every(({ key }) => {
      const range = window[key]
      return !range || (bin[key][0] >= range[0] && bin[key][1] <= range[1])
    })
      ? [b]
      : [],
  )
  if (inside.length === 0)
    throw new AppError(
      'physics/out-of-range',
      `No whole bin of the ${bins.length} of ${title} lies in ${axes.flatMap(({ key, name, unit }) => (window[key] ? [`${name} ${window[key].join(' to ')}${unit}`] : [])).join(' and ')}. Widen the window to edges of its bins.`,
    )
  return {
    ...measurement,
    bins: inside.map((b) => bins[b]),
    value: Float64Array.from(inside, (b) => value[b]),
    error: Float64Array.from(inside, (b) => error[b]),
    covariance: Float64Array.from(inside.flatMap((a) => inside.map((b) => covariance[a * bins.length + b]))),
  }
}

function reach(bins: readonly A4Bin[], key: 'absY' | 'mass'): [number, number] {
  return [Math.min(...bins.map((bin) => bin[key][0])), Math.max(...bins.map((bin) => bin[key][1]))]
}
