/** Objects of an event by the slots that they fill, each group in falling energy (arXiv:2511.09335). */
export const slotGroups = [
  { id: 'b', label: 'b-jet', slots: 4 },
  { id: 'j', label: 'jet', slots: 8 },
  { id: 'l', label: 'lepton', slots: 4 },
] as const

export type SlotGroup = (typeof slotGroups)[number]['id']

/** Of each object; momenta in GeV, azimuth in radians. px, py, pz repeat pT, η, φ, as in the paper. */
export const objectScalars = ['pt', 'eta', 'phi', 'px', 'py', 'pz'] as const
export type ObjectScalar = (typeof objectScalars)[number]

/** Of the event: jets (b-jets among them), b-jets, leptons, missing transverse momentum [GeV]. */
export const eventScalars = ['njet', 'nb', 'nlep', 'met'] as const
export type EventScalar = (typeof eventScalars)[number] | 'nnu'

export const objectSlots = slotGroups.reduce((sum, { slots }) => sum + slots, 0)
/** First token of the event's own numbers. */
export const firstEventToken = objectSlots * objectScalars.length
/** Tokens of an event without the number of neutrinos, which only a generator knows. */
export const plainTokens = firstEventToken + eventScalars.length
/** With the number of neutrinos, behind all others. */
export const tokensWithNeutrinos = plainTokens + 1

/** What one token holds. */
export interface TokenInfo {
  /** "b1.pt", "met" */
  id: string
  /** Slot of its object from 0, or -1 for a number of the event. */
  slot: number
  scalar: ObjectScalar | EventScalar
  /** "1st b-jet" and the like; empty for a number of the event */
  object: string
  unit: 'GeV' | 'rad' | ''
}

const unitOf = (scalar: ObjectScalar | EventScalar): TokenInfo['unit'] => {
  if (scalar === 'phi') return 'rad'
  return ['pt', 'px', 'py', 'pz', 'met'].includes(scalar) ? 'GeV' : ''
}

const slotNames = slotGroups.flatMap(({ id, label, slots }) =>
  Array.from({ length: slots }, (_, k) => ({ id: `${id}${k + 1}`, object: `${label} ${k + 1}` })),
)

/** Tokens in their order: slot by slot pT, η, φ, px, py, pz, then the event's numbers. */
export const tokenInfos: readonly TokenInfo[] = [
  ...slotNames.flatMap(({ id, object }, slot) =>
    objectScalars.map((scalar) => ({
      ...{ id: `${id}.${scalar}`, slot, scalar, object, unit: unitOf(scalar) },
    })),
  ),
  ...[...eventScalars, 'nnu' as const].map((scalar) => ({
    ...{ id: scalar, slot: -1, scalar, object: '', unit: unitOf(scalar) },
  })),
]

/** The token of a scalar of a slot. */
export const objectToken = (slot: number, scalar: ObjectScalar): number =>
  slot * objectScalars.length + objectScalars.indexOf(scalar)

/** The token of a number of the event. */
export const eventToken = (scalar: EventScalar): number =>
  scalar === 'nnu' ? plainTokens : firstEventToken + eventScalars.indexOf(scalar)

/** First slot of a group. */
export const firstSlot: Readonly<Record<SlotGroup, number>> = { b: 0, j: 4, l: 12 }
