import { objectScalars, objectSlots, objectToken, slotGroups } from '../tokens/token-layout.ts'

/** An object of an event that was put elsewhere; momenta in GeV. */
export interface MovedObject {
  slot: number
  pt: number
  eta: number
  phi: number
}

/**
 * Numbers of an event with some of its objects elsewhere, each still in its slot; MET and the counts stay.
 *
 * @param raw  [tokens] GeV and radians
 */
export function withMoved(raw: Float32Array, moved: readonly MovedObject[]): Float32Array {
  const out = raw.slice()
  for (const { slot, pt, eta, phi } of moved)
    out.set(
      [pt, eta, phi, pt * Math.cos(phi), pt * Math.sin(phi), pt * Math.sinh(eta)],
      slot * objectScalars.length,
    )
  return out
}

/**
 * Where the tokens of an event stand once each group is in falling energy again, as a transformer has learned them.
 *
 * @param filled  [tokens]
 * @returns       [tokens] place of each token; itself where nothing changes
 */
export function sortedPlaces(raw: Float32Array, filled: ArrayLike<number>): Uint16Array {
  const places = Uint16Array.from(raw, (_, token) => token)
  const energy = (slot: number): number =>
    raw[objectToken(slot, 'pt')] * Math.cosh(raw[objectToken(slot, 'eta')])
  let first = 0
  for (const { slots } of slotGroups) {
    const own = Array.from({ length: slots }, (_, k) => first + k).filter(
      (slot) => filled[objectToken(slot, 'pt')] === 1,
    )
    const order = [...own].sort((a, b) => energy(b) - energy(a) || a - b)
    order.forEach((slot, place) => {
      for (const scalar of objectScalars) places[objectToken(slot, scalar)] = objectToken(own[place], scalar)
    })
    first += slots
  }
  return places
}

/** The same for objects; the event's own numbers stand behind them. @returns [objects] */
export function sortedObjects(places: Uint16Array): Uint8Array {
  return Uint8Array.from({ length: objectSlots + 1 }, (_, slot) =>
    slot < objectSlots ? places[objectToken(slot, 'pt')] / objectScalars.length : objectSlots,
  )
}
