import type { PartonEvents } from '../../../../generator/parton-events/parton-events.ts'
import { particleStatus } from '../../../../generator/parton-events/parton-events.ts'

const neutrinoIds = [12, 14, 16]

/**
 * Neutrinos of each event at parton level, which gives the class away in part: only a generator counts them. @returns [events]
 */
export function neutrinosOf({ events, first, ids, status }: PartonEvents): Uint8Array {
  const counts = new Uint8Array(events)
  for (let i = 0; i < events; i++)
    for (let row = first[i]; row < first[i + 1]; row++)
      if (status[row] === particleStatus.final && neutrinoIds.includes(Math.abs(ids[row]))) counts[i]++
  return counts
}
