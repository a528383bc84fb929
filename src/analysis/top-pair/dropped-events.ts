import { AppError } from '../../errors.ts'
import type { EventTable } from '../../generator/event-table.ts'
import type { DroppedEvents } from './fit-jobs.ts'
import type { FitSetup } from './fit-setup.ts'

export interface ObservedEvents {
  events: EventTable
  /** w_t / w_0 of the full final state, [events, terms - 1] of the quadratic polynomial; null where it is not known. */
  exactRatios: Float64Array | null
  /** null where nothing says how much data that is. */
  luminosityInvPb: number | null
  notes: string[]
}

export function readDroppedEvents({ name }: DroppedEvents, _setup: FitSetup): Promise<ObservedEvents> {
  return Promise.reject(new AppError('data/unsupported', `${name}: dropped events are not read yet.`))
}
