import { AppError } from '../errors.ts'
import type { ObservableName } from './observables.ts'

/** Observables are kept in single precision; no momentum in GeV comes near. */
export const largestValue = 1e30
/** pb */
export const largestWeight = 1e30
const mostLeftOut = 0.01
const told = 3
/** Below it the momentum goes along the beam [GeV]. */
const noTransverse = 1e-9

const leptonAngles: ObservableName[] = ['DeltaPhi_ll', 'DeltaEta_ll', 'abs_deta_ll']
const spinAxes: ObservableName[] = ['plus_r', 'plus_n', 'minus_r', 'minus_n']
/** Angles that have no value where a transverse momentum vanishes. */
const anglesOf: [ObservableName, ObservableName[]][] = [
  ['pt_l1', ['eta_l1', ...leptonAngles]],
  ['pt_l2', ['eta_l2', ...leptonAngles]],
  ['pt_l_leading', ['eta_l_leading', ...leptonAngles]],
  ['pt_l_trailing', ['eta_l_trailing', ...leptonAngles]],
  ['pt_b_leading', ['eta_b_leading']],
  ['pt_b_trailing', ['eta_b_trailing']],
  ['pt_t', spinAxes],
]

/**
 * The one rule for events of every source: looks for a number that is not finite among the columns, and for a momentum along the
 * beam where one of the columns is an angle of it.
 *
 * @param known    what `valueOf` can be asked for
 * @returns        for each event, what is wrong with it, or null
 */
export function createDamageCheck(
  columns: readonly ObservableName[],
  known: (name: ObservableName) => boolean,
): (valueOf: (name: ObservableName) => number) => string | null {
  const transverse = anglesOf.flatMap(([pt, angles]) => {
    const angle = columns.find((name) => angles.includes(name))
    return angle && known(pt) ? [{ pt, angle }] : []
  })
  return (valueOf) => {
    for (const name of columns) {
      const value = valueOf(name)
      if (!(Math.abs(value) < largestValue)) return `${name} is ${value}`
    }
    for (const { pt, angle } of transverse)
      if (Math.abs(valueOf(pt)) < noTransverse)
        return `${pt} is ${valueOf(pt)}, along the beam ${angle} has no value`
    return null
  }
}

/** Event and line as messages name them, both from 1. */
export function eventAt(event: number, line: number | undefined): string {
  return line === undefined ? `event ${event}` : `event ${event} (line ${line})`
}

/**
 * @param where  event and line
 * @throws AppError 'data/corrupt' for a weight [pb] that no cross-section can have; NaN is for the rule of left-out events
 */
export function checkWeight(weight: number, name: string, where: string): void {
  if (Math.abs(weight) > largestWeight)
    throw new AppError(
      'data/corrupt',
      `${where}: the weight ${name} is ${weight} pb, at most ${largestWeight} are read. Repair the event or make the file again.`,
    )
}

export interface LeftOutEvents {
  readonly count: number
  add(where: string, why: string): void
  /**
   * @param events  how many the source has
   * @param name    of the file, for messages; left out where the caller tells it
   * @returns       a sentence with the first three, null where none was left out
   * @throws AppError 'data/corrupt' above 1 % of the events
   */
  settle(events: number, name?: string): string | null
}

export function createLeftOutEvents(): LeftOutEvents {
  const first: string[] = []
  let count = 0
  return {
    get count() {
      return count
    },
    add(where, why) {
      count++
      if (first.length < told) first.push(`${where}: ${why}`)
    },
    settle(events, name) {
      if (count === 0) return null
      const list = `${first.join('; ')}${count > told ? `; and ${(count - told).toLocaleString('en-US')} more` : ''}`
      if (count > mostLeftOut * events)
        throw new AppError(
          'data/corrupt',
          `${name === undefined ? '' : `${name}: `}${count} of ${events} events are damaged, at most ${100 * mostLeftOut} % are left out (${list}). Repair them or make the file again.`,
          { damaged: count, events },
        )
      return `${count} of ${events} events ${count === 1 ? 'is' : 'are'} damaged and left out (${list}).`
    },
  }
}
