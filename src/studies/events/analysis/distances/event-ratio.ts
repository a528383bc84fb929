import { AppError } from '../../../../errors.ts'
import type { HardProcess } from '../../../../generator/hard-process/hard-process.ts'
import type { SubprocessMember } from '../../../../generator/hard-process/subprocesses.ts'
import type { LheEvent } from '../../../../generator/lhe.ts'
import { EventRows } from '../../../../generator/parton-events/event-rows.ts'
import { rowsOfLheEvent } from '../../../../generator/parton-events/from-lhe.ts'
import { darkMatter, pdgId } from '../../../../generator/parton-events/pdg-ids.ts'
import { lineShape } from '../../../../physics/amplitudes/closed-forms/mediator.ts'

/** |M|² of an event times the density of the mediator's Q², under either model. */
export interface EventRatio {
  /** Mass of the dark-matter pair [GeV] */
  massGeV: number
  a: number
  b: number
  /** b over a: at equal momenta of all partons and of the mediator everything else cancels. */
  ratio: number
}

/** One model's weight of an event of which all but the mediator's kind is given. */
export type EventWeight = (event: MediatorEvent) => number

/** What two partons made: a mediator, given by its dark matter, and coloured particles. */
export interface MediatorEvent {
  /** Along +z first; PDG numbers. */
  beams: [number, number]
  /** The others of the hard process. */
  ids: number[]
  /** [2 + others + 1, 4] beams, others, mediator; E, px, py, pz [GeV] */
  momenta: Float64Array
}

const mediators = [54, 55]

/**
 * The hard process of an event from a file, its dark-matter pair (or the mediator, where the file does not say what it
 * decays to) as one.
 *
 * @param where  "event 3 (line 40)", for messages
 * @throws AppError 'data/unsupported' for an event without dark matter; as rowsOfLheEvent
 */
export function mediatorEvent(event: LheEvent, where: string): MediatorEvent {
  const rows = new EventRows()
  rowsOfLheEvent(event, rows, where)
  const hard = Array.from({ length: rows.count - 2 }, (_, i) => i + 2).filter((row) => rows.mother[row] < 0)
  const dark = hard.filter((row) => isDark(rows.ids[row]))
  if (dark.length === 0)
    throw new AppError(
      'data/unsupported',
      `${where} has neither a mediator (54, 55) nor dark matter (${darkMatter}) in its hard process, but ${hard.map((row) => rows.ids[row]).join(', ')}. Give events such as those of generate --model vector-m500.`,
    )
  const others = hard.filter((row) => !dark.includes(row))
  const momenta = new Float64Array(4 * (3 + others.length))
  for (const [place, row] of [0, 1, ...others].entries())
    momenta.set(rows.momenta.subarray(4 * row, 4 * row + 4), 4 * place)
  const last = momenta.subarray(4 * (2 + others.length))
  for (const row of dark) for (let k = 0; k < 4; k++) last[k] += rows.momenta[4 * row + k]
  return { beams: [rows.ids[0], rows.ids[1]], ids: others.map((row) => rows.ids[row]), momenta }
}

const isDark = (id: number): boolean => mediators.includes(id) || Math.abs(id) === darkMatter

/** Mass of the mediator [GeV]. */
export function mediatorMass({ momenta }: MediatorEvent): number {
  const [e, x, y, z] = momenta.subarray(momenta.length - 4)
  return Math.sqrt(Math.max(0, e * e - x * x - y * y - z * z))
}

/**
 * The weight of events under a model: |M|² of production at the mediator's momentum, times d(rate)/dQ² of its line shape.
 * Angles of its decay are integrated over, as samples have them. 0 for processes that the model does not make.
 *
 * @throws AppError 'input/invalid' for a model without a mediator that decays to dark matter
 */
export function createEventWeight(id: string, hard: HardProcess): EventWeight {
  if (hard.resonances.some((resonance) => resonance === undefined))
    throw new AppError(
      'input/invalid',
      `${id} has no mediator that decays to dark matter along a line shape: what it makes has fixed masses, which other models make never. Choose vector, axial, scalar or ttphi models.`,
    )
  return (event) => {
    for (const [g, { matrixElement, members }] of hard.groups.entries()) {
      const resonance = hard.resonances[g]!
      for (const member of members) {
        const order = legOrder(event, member, resonance.leg)
        if (!order) continue
        const momenta = Float64Array.from(
          order.flatMap((leg) => [...event.momenta.subarray(4 * leg, 4 * leg + 4)]),
        )
        const { mediator, width } = resonance
        return matrixElement.squaredMatrixElement(momenta) * lineShape(mediator, mediatorMass(event), width)
      }
    }
    return 0
  }
}

/** Which leg of the event stands in each place of the process of its group, or undefined where it is another process. */
function legOrder(
  { beams, ids }: MediatorEvent,
  { process, exchanged, turned }: SubprocessMember,
  mediatorLeg: number,
): number[] | undefined {
  const incoming = process.incoming.map(pdgId)
  const straight = exchanged === turned
  // A turned member comes along the other beam; |M|² does not know directions, only which leg is which.
  const own = straight ? beams : [beams[1], beams[0]]
  if (own[0] !== incoming[0] || own[1] !== incoming[1]) return undefined
  const left = ids.map((id, k) => ({ id, leg: k + 2 }))
  const outgoing: number[] = []
  for (const [k, particle] of process.outgoing.entries()) {
    if (k === mediatorLeg) {
      outgoing.push(ids.length + 2)
      continue
    }
    const at = left.findIndex(({ id }) => id === pdgId(particle))
    if (at < 0) return undefined
    outgoing.push(left.splice(at, 1)[0].leg)
  }
  if (left.length > 0) return undefined
  const legs = straight ? [0, 1] : [1, 0]
  // |M|² of the group is that of its first member, whose legs a member that is exchanged has the other way round.
  return [...(exchanged ? [legs[1], legs[0]] : legs), ...outgoing]
}

/** The ratio of two models at one event. */
export function eventRatio(event: MediatorEvent, a: EventWeight, b: EventWeight): EventRatio {
  const [ofA, ofB] = [a(event), b(event)]
  return { massGeV: mediatorMass(event), a: ofA, b: ofB, ratio: ofB / ofA }
}
