import { AppError } from '../../../errors.ts'
import { colourFlow, type ColourFlow } from '../colour-flow.ts'
import type { ClosedString } from '../colour-strings.ts'
import type { AmplitudeParameters } from '../parameters.ts'
import type { Process } from '../process.ts'

/** A flow and its weight as a function of s, t1 = t - m² and u1 = u - m² [GeV²]. */
export interface WeightedFlow {
  flow: ColourFlow
  weight: (s: number, t1: number, u1: number) => number
}

const even = (): number => 1

/**
 * Flows of the 2 → 2 processes that are known by their closed forms alone: gluinos, squarks, a scalar and a jet by a
 * heavy top loop. Legs 0 and 1 come in, t = (p0 - p2)².
 *
 * A colour order with poles in two channels has the amplitude N / (product of both), with one N for all three (gluon
 * amplitudes of four legs, Mangano, Parke Phys. Rept. 200 (1991) 301), so its square goes with that of the third.
 * Where squarks are exchanged, orders share the terms of the closed form that have their poles.
 *
 * @throws AppError 'input/invalid' for any other process
 */
export function closedFormFlows(process: Process, parameters: AmplitudeParameters): WeightedFlow[] {
  const { incoming, outgoing, name } = process
  const flow = (...strings: ClosedString[]): ColourFlow => colourFlow(process, strings)
  const gluons = incoming.every(({ kind }) => kind === 'gluon')
  const [c, d] = outgoing
  if (c.kind === 'gluino' && d.kind === 'gluino') {
    if (gluons)
      return [
        ...traces([0, 1, 2, 3], (_, t1) => t1 * t1),
        ...traces([0, 1, 3, 2], (_, __, u1) => u1 * u1),
        ...traces([0, 2, 1, 3], (s) => s * s),
      ]
    const [quark, antiquark] = incoming[0].anti ? [1, 0] : [0, 1]
    const share = (s: number, own: number, other: number): number => {
      const { mGluino: m, mSquark } = parameters
      const exchange = own + m * m - mSquark * mSquark
      const gluon = ((2 / 3) * (own * own + other * other + 2 * m * m * s)) / (s * s)
      const squark = (16 / 27) * (own / exchange) ** 2 + ((4 / 3) * (own * own + m * m * s)) / (s * exchange)
      return Math.max(0, gluon + squark)
    }
    // The quark emits first what stands beside it.
    const [straight, crossed] = quark === 0 ? [3, 2] : [2, 3]
    return [
      {
        flow: flow({ row: antiquark, word: [straight, crossed], column: quark }),
        weight: (s, t1, u1) => share(s, t1, u1),
      },
      {
        flow: flow({ row: antiquark, word: [crossed, straight], column: quark }),
        weight: (s, t1, u1) => share(s, u1, t1),
      },
    ]
  }
  if (c.kind === 'squark' && d.kind === 'squark') {
    const [squark, anti] = c.anti ? [3, 2] : [2, 3]
    if (gluons)
      return [
        {
          flow: flow({ row: squark, word: [0, 1], column: anti }),
          weight: (_, t1, u1) => (squark === 2 ? u1 * u1 : t1 * t1),
        },
        {
          flow: flow({ row: squark, word: [1, 0], column: anti }),
          weight: (_, t1, u1) => (squark === 2 ? t1 * t1 : u1 * u1),
        },
      ]
    const [quark, antiquark] = incoming[0].anti ? [1, 0] : [0, 1]
    const exchanged = c.field === `${incoming[0].field}L` || c.field === `${incoming[0].field}R`
    const { mSquark: m, mGluino } = parameters
    return [
      {
        flow: flow({ row: squark, word: [], column: quark }, { row: antiquark, word: [], column: anti }),
        weight: (s) => 4 / 9 / (s * s),
      },
      {
        flow: flow({ row: squark, word: [], column: anti }, { row: antiquark, word: [], column: quark }),
        weight: (_, t1, u1) =>
          exchanged ? 2 / 9 / ((incoming[0].anti === c.anti ? t1 : u1) + m * m - mGluino * mGluino) ** 2 : 0,
      },
    ]
  }
  const scalar = outgoing.findIndex(({ kind }) => kind === 'scalar')
  if (scalar >= 0) {
    const at = scalar === 0 ? 3 : 2
    if (gluons) return traces([0, 1, at], even)
    const legs = [...incoming, ...outgoing]
    const gluon = [0, 1, at].find((leg) => legs[leg].kind === 'gluon') ?? at
    const ends = [0, 1, at].filter((leg) => leg !== gluon)
    const row = ends.find((leg) => legs[leg].anti === leg < 2)
    const column = ends.find((leg) => leg !== row)
    return [{ flow: flow({ row, word: [gluon], column }), weight: even }]
  }
  throw new AppError('input/invalid', `No colour flow of ${name} is known. Give a process of the list.`)

  /** Both directions of a trace of octets. */
  function traces(word: number[], weight: WeightedFlow['weight']): WeightedFlow[] {
    return [word, word.toReversed()].map((own) => ({ flow: flow({ word: own }), weight }))
  }
}
