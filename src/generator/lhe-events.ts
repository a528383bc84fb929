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
import { truthFromMomenta } from './truth-from-momenta.ts'

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
  /** Of the file, for messages. */
  name: string
  observables: readonly ObservableName[]
  detector?: DetectorSettings | null
  selection?: Selection | null
  rng: Rng
}

// PDG ids of the six final particles in the order of particleNames; any lepton flavour.
const ids = [[-11, -13, -15], [12, 14, 16], [5], [11, 13, 15], [-12, -14, -16], [-5]]

/**
 * Momenta [6, 4] of a dilepton event.
 *
 * @param where  file and number of the event, for messages
 * @throws AppError 'data/unsupported' naming the particle that is missing
 */
function dileptonMomenta({ ids: found, status, momenta }: LheEvent, where: string, out: Float64Array): void {
  ids.forEach((wanted, particle) => {
    let at = -1
    for (let p = 0; p < found.length; p++) {
      if (status[p] !== 1 || !wanted.includes(found[p])) continue
      if (at >= 0)
        throw new AppError(
          'data/unsupported',
          `${where} has two final particles that could be the ${particleNames[particle]}. Use t tbar -> b l nu b l nu without extra jets of this kind.`,
        )
      at = p
    }
    if (at < 0)
      throw new AppError(
        'data/unsupported',
        `${where} has no ${particleNames[particle]} in its final state (${[...found].filter((_, p) => status[p] === 1).join(', ')}). Generate t tbar with both W decaying to leptons.`,
      )
    for (let k = 0; k < 4; k++) out[4 * particle + k] = momenta[4 * at + k]
  })
}

export interface EventImporter {
  add(event: LheEvent): void
  /** Events kept so far. */
  readonly accepted: number
  finish(weightNames: readonly string[]): ImportedEvents
}

/**
 * Collects observables of events from a file, with the app's own smearing and cuts. True quantities come from the final
 * particles before smearing.
 */
export function createEventImporter(options: ImportOptions): EventImporter {
  const { name: file, observables, detector = null, selection = null, rng } = options
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
      const where = `${file}: event ${number}`
      dileptonMomenta(event, where, p)
      truthFromMomenta(p, values)
      if (!Number.isFinite(values[observableAt.y_tt]))
        throw new AppError(
          'data/corrupt',
          `${where} has final momenta whose sum is no massive pair (rapidity ${values[observableAt.y_tt]}). Check the file.`,
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
