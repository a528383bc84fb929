import { AppError } from '../../../../errors.ts'
import type { EventTable } from '../../../../generator/event-table.ts'
import type { ObservableName } from '../../../../generator/observables.ts'
import type { RatioTable } from '../../../../ml/ratio/ratio-engine.ts'
import type { RatioDecoder } from '../../../../ml/ratio/ratio-network.ts'
import type { Scaler } from '../../../../ml/ratio/scaler.ts'

/** A training set: rows for an engine, and what turns the network that learns them into ratios. */
export interface RatioSample {
  table: RatioTable
  features: readonly ObservableName[]
  terms: string[]
  scaler: Scaler
  decoder: RatioDecoder
  /** Of the absolute size of the class, where its density is negative on single events. */
  negativeShare: number
}

/** What a method makes of the events: a training set without its inputs. */
export type RatioRows = Pick<RatioTable, 'targets' | 'weights' | 'head'> &
  Pick<RatioSample, 'decoder' | 'negativeShare'>

/** SM weights of all events [pb]. @throws AppError 'data/corrupt' */
export function smWeights(events: EventTable): Float64Array {
  const { rows, terms, weights } = events
  const bad = weights.findIndex((w) => !Number.isFinite(w))
  if (bad >= 0)
    throw new AppError(
      'data/corrupt',
      `Event ${Math.floor(bad / terms) + 1} has the weight ${weights[bad]}, must be finite. Repair or remove the event.`,
      { row: Math.floor(bad / terms) + 1 },
    )
  const sm = termWeights(events, 0)
  const negative = sm.findIndex((w) => w < 0)
  if (negative >= 0)
    throw new AppError(
      'data/corrupt',
      `Event ${negative + 1} has the SM weight ${sm[negative]}: ratios to a negative rate are not defined. Use leading-order events.`,
      { row: negative + 1 },
    )
  const total = sm.reduce((sum, w) => sum + w, 0)
  if (!(total > 0))
    throw new AppError(
      'data/corrupt',
      `The SM weights of ${rows} events add up to ${total}, must be positive. Check the sign of the weights.`,
      { rows },
    )
  return sm
}

export function termWeights({ rows, terms, weights }: EventTable, term: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => weights[i * terms + term])
}
