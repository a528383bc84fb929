import { particleStatus, type PartonEvents } from './parton-events.ts'

/** What a Les Houches file says of all its events. */
export interface LheHeader {
  /** Energy of the collision [GeV]. */
  sqrtS: number
  /** Of the partonic processes together [pb], with its error. */
  crossSectionPb: number
  errorPb: number
  /** One line each in the header, such as the process, parameters and seed. */
  notes: readonly string[]
}

const proton = 2212

/**
 * Head of a Les Houches file (hep-ph/0609017; numbers of <init>: hep-ph/0109068). Weights are 1 but for a few, and the
 * cross-section stands here alone (IDWTUP 3). Its line has a length that does not depend on it, so that a head can be
 * written before it is known, and again at the end.
 */
export function lheHead({ sqrtS, crossSectionPb, errorPb, notes }: LheHeader): string {
  const beam = number(sqrtS / 2)
  return [
    '<LesHouchesEvents version="3.0">',
    '<header>',
    ...notes.map((note) => `# ${note.replaceAll(/[<>&\r\n]/g, ' ')}`),
    '</header>',
    '<init>',
    ` ${proton} ${proton} ${beam} ${beam} 0 0 0 0 3 1`,
    ` ${number(crossSectionPb)} ${number(errorPb)} ${number(1)} 1`.padEnd(80),
    '</init>\n',
  ].join('\n')
}

export const lheTail = '</LesHouchesEvents>\n'

/**
 * The <event> blocks of all events.
 *
 * @param alphaEm  electromagnetic coupling, printed beside α_s
 */
export function lheEvents(events: PartonEvents, alphaEm: number): string {
  const lines: string[] = []
  const { first, weight, scale, alphaS, ids, status, mother, colour, momenta } = events
  for (let i = 0; i < events.events; i++) {
    const [from, to] = [first[i], first[i + 1]]
    lines.push('<event>')
    lines.push(
      ` ${to - from} 1 ${number(weight[i])} ${number(scale[i])} ${number(alphaEm)} ${number(alphaS[i])}`,
    )
    for (let row = from; row < to; row++) {
      const [E, px, py, pz] = momenta.subarray(4 * row, 4 * row + 4)
      const incoming = status[row] === particleStatus.incoming
      // Two mothers for what the hard process makes, one for products of a decay; counted from 1.
      const mothers = incoming ? '0 0' : mother[row] < 0 ? '1 2' : `${mother[row] + 1} ${mother[row] + 1}`
      const p = [px, py, pz, E].map(number).join(' ')
      lines.push(
        ` ${ids[row]} ${status[row]} ${mothers} ${colour[2 * row]} ${colour[2 * row + 1]} ${p} ${number(massOf(E, px, py, pz))} 0 9`,
      )
    }
    lines.push('</event>')
  }
  return lines.length > 0 ? `${lines.join('\n')}\n` : ''
}

const number = (x: number): string => x.toExponential(10)

/** From the momentum; below the rounding of its components it is 0. */
function massOf(E: number, px: number, py: number, pz: number): number {
  const square = E * E - px * px - py * py - pz * pz
  return square > 1e-11 * E * E ? Math.sqrt(square) : 0
}
