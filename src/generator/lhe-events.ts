import { AppError } from '../errors.ts'
import type { Rng } from '../numerics/rng.ts'
import { momentumCount, particleNames } from './decay.ts'
import { passes, smear, type DetectorSettings, type Selection } from './detector.ts'
import type { LheEvent } from './lhe.ts'
import {
  observableAt,
  observableCount,
  reconstructedObservables,
  type ObservableName,
} from './observables.ts'

export interface ImportedEvents {
  rows: number
  columns: Partial<Record<ObservableName, Float32Array>>
  weight: Float64Array // [rows] XWGTUP
  weightNames: readonly string[]
  /** Named weights, [rows, weightNames] row-major. */
  weights: Float64Array
  /** Events read, those that failed the cuts included. */
  events: number
}

export interface ImportOptions {
  observables: readonly ObservableName[]
  detector?: DetectorSettings | null
  selection?: Selection | null
  rng: Rng
}

// PDG ids of the six final particles in the order of particleNames; any lepton flavour.
const ids = [[-11, -13, -15], [12, 14, 16], [5], [11, 13, 15], [-12, -14, -16], [-5]]

/** Momenta [6, 4] of a dilepton event. @throws AppError 'data/unsupported' naming the particle that is missing */
function dileptonMomenta({ ids: found, status, momenta }: LheEvent, number: number, out: Float64Array): void {
  ids.forEach((wanted, particle) => {
    let at = -1
    for (let p = 0; p < found.length; p++) {
      if (status[p] !== 1 || !wanted.includes(found[p])) continue
      if (at >= 0)
        throw new AppError(
          'data/unsupported',
          `Event ${number} has two final particles that could be the ${particleNames[particle]}. Use t tbar -> b l nu b l nu without extra jets of this kind.`,
        )
      at = p
    }
    if (at < 0)
      throw new AppError(
        'data/unsupported',
        `Event ${number} has no ${particleNames[particle]} in its final state (${[...found].filter((_, p) => status[p] === 1).join(', ')}). Generate t tbar with both W decaying to leptons.`,
      )
    for (let k = 0; k < 4; k++) out[4 * particle + k] = momenta[4 * at + k]
  })
}

const fromTruthOnly: ObservableName[] = [
  'cos_theta',
  'plus_r',
  'plus_n',
  'plus_k',
  'minus_r',
  'minus_n',
  'minus_k',
]

export interface EventImporter {
  add(event: LheEvent): void
  /** Events kept so far. */
  readonly accepted: number
  finish(weightNames: readonly string[]): ImportedEvents
}

/**
 * Collects observables of events from a file, with the app's own smearing and cuts. m_tt, y_tt and pt_t come from the sums
 * of the final particles; spin directions are not reconstructed from files.
 */
export function createEventImporter(options: ImportOptions): EventImporter {
  const { observables, detector = null, selection = null, rng } = options
  const unavailable = observables.filter((name) => fromTruthOnly.includes(name))
  if (unavailable.length > 0)
    throw new AppError(
      'input/invalid',
      `${unavailable.join(', ')} cannot be read from an event file. Choose other columns.`,
    )
  const values = new Float64Array(observableCount)
  const p = new Float64Array(momentumCount)
  const missing = new Float64Array(2)
  const columns = observables.map((): number[] => [])
  const weight: number[] = []
  const weights: number[] = []
  let number = 0
  return {
    get accepted() {
      return weight.length
    },
    add(event) {
      number += 1
      dileptonMomenta(event, number, p)
      fillTruth(p, values)
      if (!Number.isFinite(values[observableAt.y_tt]))
        throw new AppError(
          'data/corrupt',
          `Event ${number} has final momenta whose sum is no massive pair (rapidity ${values[observableAt.y_tt]}). Check the file.`,
          { event: number },
        )
      missing[0] = p[5] + p[17]
      missing[1] = p[6] + p[18]
      if (detector) smear(p, detector, rng, missing)
      reconstructedObservables(p, missing[0], missing[1], values)
      if (selection && !passes(values, selection)) return
      observables.forEach((name, k) => columns[k].push(values[observableAt[name]]))
      weight.push(event.weight * (detector?.efficiency ?? 1))
      for (const w of event.weights) weights.push(w * (detector?.efficiency ?? 1))
    },
    finish: (weightNames) => ({
      rows: weight.length,
      columns: Object.fromEntries(observables.map((name, k) => [name, Float32Array.from(columns[k])])),
      weight: Float64Array.from(weight),
      weightNames,
      weights: Float64Array.from(weights),
      events: number,
    }),
  }
}

function fillTruth(p: Float64Array, values: Float64Array): void {
  let [e, z, topX, topY] = [0, 0, 0, 0]
  let [x, y] = [0, 0]
  for (let particle = 0; particle < 6; particle++) {
    e += p[4 * particle]
    x += p[4 * particle + 1]
    y += p[4 * particle + 2]
    z += p[4 * particle + 3]
    if (particle === 2) [topX, topY] = [x, y]
  }
  values[observableAt.m_tt] = Math.sqrt(Math.max(0, e * e - x * x - y * y - z * z))
  values[observableAt.y_tt] = 0.5 * Math.log((e + z) / (e - z))
  values[observableAt.pt_t] = Math.sqrt(topX * topX + topY * topY)
}
