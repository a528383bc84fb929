import { AppError } from '../errors.ts'
import type { Rng } from '../numerics/rng.ts'
import { momentumCount, particleNames } from './decay.ts'
import { passes, selectionColumns, smear, type DetectorSettings, type Selection } from './detector.ts'
import { checkWeight, createDamageCheck, createLeftOutEvents, eventAt, largestValue } from './left-out.ts'
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
  /** Number and line in the file of each row, from 1. */
  event: Uint32Array // [rows]
  line: Uint32Array // [rows]
  /** Events read, those that failed the cuts or were left out included. */
  events: number
  /** Of them those that are damaged; `leftOutNote` says which. */
  leftOut: number
  leftOutNote: string | null
  /** Of them those of other decays or processes, in a sentence. */
  others: number
  othersNote: string | null
}

export interface ImportOptions {
  /** Of the file, for messages. */
  name: string
  observables: readonly ObservableName[]
  detector?: DetectorSettings | null
  selection?: Selection | null
  /** Whether events of other decays are left out and counted; otherwise the first refuses the file. */
  skipOthers?: boolean
  rng: Rng
}

/** Of every event, whatever is asked for. */
const always = ['m_tt', 'y_tt'] as const
const components = ['E', 'px', 'py', 'pz']

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

function noWeight(what: string, where: string): AppError {
  return new AppError('data/corrupt', `${where}: ${what}. Reweight all events of the file.`)
}

export interface EventImporter {
  /**
   * @param used   named weights that will be asked for, by place
   * @param names  the same, by name
   * @returns     false where the event is damaged and left out
   * @throws AppError 'data/unsupported' for another process, unless those are left out, 'data/corrupt' for a weight that is none
   *         or is not there
   */
  add(event: LheEvent, used?: readonly number[], names?: readonly string[]): boolean
  /** Events kept so far. */
  readonly accepted: number
  /** @throws AppError 'data/corrupt' where more than 1 % was left out, 'data/unsupported' where no event is of the process */
  finish(weightNames: readonly string[]): ImportedEvents
}

/**
 * Collects observables of events from a file, with the app's own smearing and cuts. True quantities come from the final
 * particles before smearing.
 */
export function createEventImporter(options: ImportOptions): EventImporter {
  const { name: file, observables, detector = null, selection = null, skipOthers = false, rng } = options
  const values = new Float64Array(observableCount)
  const p = new Float64Array(momentumCount)
  const missing = new Float64Array(2)
  const columns = observables.map((): number[] => [])
  const weight: number[] = []
  const weights: number[] = []
  const [rowEvent, rowLine]: [number[], number[]] = [[], []]
  const leftOut = createLeftOutEvents()
  const looked = [...new Set([...observables, ...always, ...(selection ? selectionColumns : [])])]
  const damageOf = createDamageCheck(looked, () => true)
  let number = 0
  let others = 0
  let firstOther: AppError | undefined

  /** What is wrong with the event, or null; fills `values`. */
  function damage(event: LheEvent, used: readonly number[], where: string): string | null {
    checkWeight(event.weight, 'XWGTUP', `${file}: ${where}`)
    for (const k of used) checkWeight(event.weights[k], `number ${k + 1}`, `${file}: ${where}`)
    if (Number.isNaN(event.weight) || used.some((k) => Number.isNaN(event.weights[k])))
      return 'a weight is NaN'
    const bad = p.findIndex((x) => !(Math.abs(x) < largestValue))
    if (bad >= 0) return `${components[bad % 4]} of the ${particleNames[bad >> 2]} is ${p[bad]}`
    truthFromMomenta(p, values)
    missing[0] = p[5] + p[17]
    missing[1] = p[6] + p[18]
    if (detector) smear(p, detector, rng, missing)
    reconstructedObservables(p, missing[0], missing[1], values)
    return damageOf((name) => values[observableAt[name]])
  }

  return {
    get accepted() {
      return weight.length
    },
    add(event, used = [], names = []) {
      number += 1
      const where = eventAt(number, event.line)
      const lacking = event.lacking.find((name) => names.includes(name))
      if (lacking !== undefined)
        throw noWeight(
          `it has no weight ${lacking.slice(0, 40)}, which the first event has`,
          `${file}: ${where}`,
        )
      try {
        dileptonMomenta(event, `${file}: ${where}`, p)
      } catch (thrown) {
        if (!skipOthers || !(thrown instanceof AppError)) throw thrown
        firstOther ??= thrown
        others += 1
        checkWeight(event.weight, 'XWGTUP', `${file}: ${where}`)
        if (Number.isNaN(event.weight)) throw noWeight('XWGTUP is NaN', `${file}: ${where}`)
        // It is part of the cross-section, as one that fails the cuts.
        return true
      }
      const why = damage(event, used, where)
      if (why !== null) {
        leftOut.add(where, why)
        return false
      }
      if (selection && !passes(values, selection)) return true
      observables.forEach((name, k) => columns[k].push(values[observableAt[name]]))
      weight.push(event.weight * (detector?.efficiency ?? 1))
      for (const w of event.weights) weights.push(w * (detector?.efficiency ?? 1))
      rowEvent.push(number)
      rowLine.push(event.line)
      return true
    },
    finish(weightNames) {
      if (firstOther && others === number) throw firstOther
      return {
        rows: weight.length,
        columns: Object.fromEntries(observables.map((name, k) => [name, Float32Array.from(columns[k])])),
        weight: Float64Array.from(weight),
        weightNames,
        weights: Float64Array.from(weights),
        event: Uint32Array.from(rowEvent),
        line: Uint32Array.from(rowLine),
        events: number,
        leftOut: leftOut.count,
        leftOutNote: leftOut.settle(number - others, file),
        others,
        othersNote: firstOther
          ? `${others} of ${number} events are of another decay or process and are left out; they count in the cross-section (the first: ${firstOther.message.split('. ')[0]}).`
          : null,
      }
    },
  }
}
