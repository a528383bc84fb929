import index from './shipped-weights.json' with { type: 'json' }
import type { FitIntent } from './intent.ts'
import { topPairDefaults } from './default-intent.ts'

/** Networks of each kind of events that the page ships. */
export const shippedReplicas = 2

/** Of the events that a set-up's networks are for: null where none are shipped for such events. */
export function shippedEvents(setup: FitIntent): string | null {
  const { operators, mode, sqrtSGeV, selection, smearing, preset, trainingPoints, epochs, recalibrate } =
    setup
  const usual = topPairDefaults.fit
  const agrees =
    operators.toSorted().join() === usual.operators.toSorted().join() &&
    mode === usual.mode &&
    sqrtSGeV === usual.sqrtSGeV &&
    selection === usual.selection &&
    smearing === usual.smearing &&
    preset === usual.preset &&
    trainingPoints === null &&
    epochs === null &&
    recalibrate === usual.recalibrate
  return agrees ? (names.get(setup.mttMinGeV) ?? null) : null
}

const names = new Map([
  [0, 'tt-all'],
  [700, 'tt-700'],
  [1450, 'tt-1450'],
])

export interface ShippedNetwork {
  id: string
  weightsSha256: string
}

/** SHA-256 of the weights of each, as train-ratio-models writes it. */
const hashes = new Map<string, string>(Object.entries(index))

/** The shipped networks that a set-up takes, by replica; none where it trains its own. */
export function shippedFor(setup: FitIntent): ShippedNetwork[] {
  const events = setup.networks === 'shipped' ? shippedEvents(setup) : null
  if (events === null) return []
  const found = Array.from({ length: setup.replicas }, (_, replica) => {
    const id = `${events}-${replica + 1}`
    const weightsSha256 = hashes.get(id)
    return weightsSha256 === undefined ? [] : [{ id, weightsSha256 }]
  }).flat()
  return found.length === setup.replicas ? found : []
}
