import type { ObservableBins, ObservableName } from '../../../physics/drell-yan/spectrum-templates.ts'
import type { ShownName } from './shown-names.ts'

/** Bins of a spectrum as they are drawn: equal bins of some observables added up, or their asymmetry. */
export interface ShownSpectrum {
  name: ShownName
  edges: number[] // [bins + 1], GeV
  /** Absent: any |y| */
  absY?: [number, number]
  /** Where the bins that are added up begin among all; of the asymmetry, those of forward. */
  plus: number[]
  /** Of the asymmetry, where those of backward begin. */
  minus: number[]
}

interface Place extends ObservableBins {
  start: number
}

function placesOf(observables: readonly ObservableBins[]): Place[] {
  let start = 0
  return observables.map((observable) => {
    const place = { ...observable, start }
    start += observable.edges.length - 1
    return place
  })
}

const isSigned = (name: ObservableName) => name === 'forward' || name === 'backward'

/** What can be drawn of a dataset: its observables; with forward and backward also their sum and asymmetry. */
export function shownChoices(observables: readonly { name: ObservableName }[]): ShownName[] {
  const names = [...new Set(observables.map(({ name }) => name))]
  return names.some(isSigned) ? [...names, 'mll', 'afb'] : names
}

/** Bins of |y|, in rising order; none where pairs are counted at any |y|. */
export function rapidityBins(observables: readonly ObservableBins[]): [number, number][] {
  const ranges = observables.flatMap(({ absY }) => (absY ? [absY] : []))
  return [...new Map(ranges.map((range) => [range.join(), range])).values()].sort((a, b) => a[0] - b[0])
}

/**
 * The bins behind something drawn; the first observable where the dataset has not what is asked for.
 *
 * @param rapidity  a bin of |y| from 0; null, or one that is not there: all added up
 */
export function shownSpectrum(
  observables: readonly ObservableBins[],
  wanted: ShownName,
  rapidity: number | null = null,
): ShownSpectrum {
  const choices = shownChoices(observables)
  const name = choices.includes(wanted) ? wanted : choices[0]
  const absY = rapidity === null ? undefined : rapidityBins(observables)[rapidity]
  const places = placesOf(observables).filter((place) => !absY || place.absY?.join() === absY.join())
  const of = (names: readonly string[]) => places.filter((place) => names.includes(place.name))
  const starts = (names: readonly string[]) => of(names).map(({ start }) => start)
  const signed = ['forward', 'backward']
  const both = observables.some((observable) => isSigned(observable.name))
  const parts = !both
    ? { plus: starts([name]), minus: [] }
    : name === 'afb'
      ? { plus: starts(['forward']), minus: starts(['backward']) }
      : { plus: starts(name === 'mll' ? signed : [name]), minus: [] }
  return { name, edges: [...of(both ? signed : [name])[0].edges], ...(absY && { absY }), ...parts }
}

/** Sums over the parts, or (F - B) / (F + B). @param spectrum [bins of all observables], pb per bin */
export function shownValues(
  { edges, plus, minus }: ShownSpectrum,
  spectrum: ArrayLike<number>,
): Float64Array {
  const out = new Float64Array(edges.length - 1)
  for (let b = 0; b < out.length; b++) {
    const forward = sumAt(plus, spectrum, b)
    if (minus.length === 0) out[b] = forward
    else {
      const backward = sumAt(minus, spectrum, b)
      out[b] = (forward - backward) / (forward + backward)
    }
  }
  return out
}

function sumAt(starts: readonly number[], spectrum: ArrayLike<number>, bin: number): number {
  let sum = 0
  for (const start of starts) sum += spectrum[start + bin]
  return sum
}

/**
 * One standard deviation of what is drawn, by linear propagation at a spectrum.
 *
 * @param at          [bins] where the asymmetry is differentiated, pb per bin
 * @param covariance  [bins, bins], (pb per bin)^2
 */
export function shownErrors(
  shown: ShownSpectrum,
  at: ArrayLike<number>,
  covariance: ArrayLike<number>,
): Float64Array {
  const { edges, plus, minus } = shown
  const bins = at.length
  return Float64Array.from({ length: edges.length - 1 }, (_, b) => {
    const [forward, backward] = [sumAt(plus, at, b), sumAt(minus, at, b)]
    const slopes =
      minus.length === 0
        ? [1, 0]
        : [2 * backward, -2 * forward].map((slope) => slope / (forward + backward) ** 2)
    const parts = [
      ...plus.map((start) => [start + b, slopes[0]]),
      ...minus.map((start) => [start + b, slopes[1]]),
    ]
    let variance = 0
    for (const [i, di] of parts) for (const [j, dj] of parts) variance += di * dj * covariance[i * bins + j]
    return Math.sqrt(Math.max(0, variance))
  })
}

/** A panel for each observable, whatever bins of |y| it has: its edges. */
export function panelsOf(observables: readonly ObservableBins[]): ObservableBins[] {
  return [...new Map(observables.map(({ name, edges }) => [name, { name, edges }])).values()]
}

/** The same with where their bins are. */
export function withoutRapidity(observables: readonly ObservableBins[]): ShownSpectrum[] {
  return [...new Set(observables.map(({ name }) => name))].map((name) => shownSpectrum(observables, name))
}
