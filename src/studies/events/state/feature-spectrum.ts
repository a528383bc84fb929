import { histogram } from '../../../numerics/histogram.ts'
import { eventFeatureNames, featuresPerEvent } from '../analysis/features/event-features.ts'
import type { ModelEvents } from '../analysis/models.ts'

/** Shares of the events of a model by one feature, with the errors of their counts. */
export interface Spectrum {
  /** Part of all events in each bin. */
  share: number[]
  /** √n of that */
  error: number[]
  /** Part of all events beyond the last edge, and without the jet that the feature is of. */
  above: number
  missing: number
}

export interface ComparedSpectra {
  edges: number[]
  focused: Spectrum
  reference: Spectrum
  /** focused / reference with its error; null where either is empty. */
  ratio: ({ value: number; error: number } | null)[]
}

const bins = 40
/** Part of the events that a momentum's axis leaves beyond its end. */
const tail = 0.005

type Events = Pick<ModelEvents, 'features' | 'events'>

/** A feature of two models in the same bins. @param feature  place among the features */
export function comparedSpectra(focused: Events, reference: Events, feature: number): ComparedSpectra {
  const { id } = eventFeatureNames[feature]
  const jet = Number(id.split('-')[1] ?? 0)
  const values = (model: Events) => column(model, feature, jet)
  const both = [values(focused), values(reference)]
  const edges = edgesOf(id, both)
  const [one, other] = [focused, reference].map((model, i) => spectrum(both[i], edges, model.events))
  return {
    ...{ edges, focused: one, reference: other },
    ratio: one.share.map((share, b) => {
      const below = other.share[b]
      if (share === 0 || below === 0) return null
      const value = share / below
      return { value, error: value * Math.hypot(one.error[b] / share, other.error[b] / below) }
    }),
  }
}

/** Values of events that have the jet. */
function column({ features, events }: Events, feature: number, jet: number): Float64Array {
  const pt = jet > 0 ? eventFeatureNames.findIndex(({ id }) => id === `pt-${jet}`) : -1
  const out: number[] = []
  for (let i = 0; i < events; i++)
    if (pt < 0 || features[i * featuresPerEvent + pt] > 0) out.push(features[i * featuresPerEvent + feature])
  return Float64Array.from(out)
}

function edgesOf(id: string, values: readonly Float64Array[]): number[] {
  const spread = (from: number, to: number, count: number) =>
    Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / count)
  if (id.startsWith('eta')) return spread(-2.8, 2.8, 28)
  if (id.startsWith('dphi')) return spread(-Math.PI, Math.PI, 32)
  const sorted = values.map((own) => own.slice().sort())
  const high = Math.max(1, ...sorted.map((own) => own[Math.floor((1 - tail) * (own.length - 1))] ?? 1))
  if (id === 'njet' || id === 'nb') return spread(-0.5, Math.ceil(high) + 0.5, Math.ceil(high) + 1)
  const low = Math.min(...sorted.map((own) => own[0] ?? 0))
  const step = niceStep((high - low) / bins)
  const from = step * Math.floor(low / step)
  return spread(from, from + step * bins, bins)
}

/** 1, 2, 2.5 or 5 times a power of ten, not below. */
function niceStep(least: number): number {
  const decade = 10 ** Math.floor(Math.log10(least))
  return decade * ([1, 2, 2.5, 5].find((factor) => factor * decade >= least) ?? 10)
}

function spectrum(values: Float64Array, edges: readonly number[], events: number): Spectrum {
  const { sumW, overflow } = histogram(values, edges)
  return {
    share: Array.from(sumW, (n) => n / events),
    error: Array.from(sumW, (n) => Math.sqrt(n) / events),
    above: overflow / events,
    missing: (events - values.length) / events,
  }
}
