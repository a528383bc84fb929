import { objectToken, slotGroups } from '../../analysis/tokens/token-layout.ts'

const slots = slotGroups.flatMap(({ label, slots: count }) =>
  Array.from({ length: count }, (_, k) => `${label} ${k + 1}`),
)

/** Objects that an event has. @param filled [tokens] 1 where a slot has an object */
export function filledSlots(filled: ArrayLike<number>): { slot: number; name: string }[] {
  return slots.flatMap((name, slot) => (filled[objectToken(slot, 'pt')] === 1 ? [{ slot, name }] : []))
}
