import type { PartonEvents } from '../parton-events/parton-events.ts'
import type { FirstEmission } from './initial-state.ts'

export const isLight = (id: number): boolean => id === 21 || Math.abs(id) <= 5

const colouredHeavy = (id: number): boolean => {
  const size = Math.abs(id)
  return size === 6 || size === 1_000_021 || (size > 1_000_000 && size % 1_000_000 <= 6)
}
const vectors = [23, 24, 55]
const scalars = [25, 54]

/**
 * Where showers of an event begin. The hard process has its own jets: nothing is emitted above the lowest of them, or,
 * beside heavy coloured particles, above the scale of the event. Without jets emissions start at the limit of the
 * phase space, damped for heavy coloured particles, and exact for one vector or scalar alone.
 */
export function firstEmissionOf(
  { first, ids, mother, momenta, scale }: PartonEvents,
  i: number,
  sqrtS: number,
): FirstEmission {
  let [lowest, heavy, products, single] = [Infinity, false, 0, 0]
  for (let row = first[i] + 2; row < first[i + 1]; row++) {
    if (mother[row] >= 0) continue
    products++
    single = Math.abs(ids[row])
    if (isLight(ids[row])) lowest = Math.min(lowest, Math.hypot(momenta[4 * row + 1], momenta[4 * row + 2]))
    heavy ||= colouredHeavy(ids[row])
  }
  if (lowest < Infinity) return { start: heavy ? scale[i] : lowest, mode: 'kernels', damped: false }
  const alone = products === 1
  const mode =
    alone && vectors.includes(single) ? 'vector' : alone && scalars.includes(single) ? 'scalar' : 'kernels'
  return { start: sqrtS / 2, mode, damped: heavy }
}
