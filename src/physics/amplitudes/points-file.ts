import { z } from 'zod'
import { AppError, checkedBy } from '../../errors.ts'
import { amplitudeParameters, type AmplitudeParameters } from './parameters.ts'
import type { MassName } from './particles.ts'
import { legsOf, type Process } from './process.ts'

// Files of phase-space points with |M|² of another program: parameters at the head, then processes with points.

const number = z.number().refine(Number.isFinite)
const schema = z.object({
  parameters: z
    .looseObject({
      ...{ mt: number, mz: number, mw: number, mh: number, mb: number },
      ...{ alpha_em: number, aewm1: number, Gf: number, sw2: number, alpha_s: number, gs: number },
    })
    .partial()
    .default({}),
  points: z.array(
    z.looseObject({
      process: z.string(),
      note: z.string().default(''),
      gs: number.optional(),
      points: z.array(z.looseObject({ p: z.array(z.tuple([number, number, number, number])), me2: number })),
    }),
  ),
})

export type PointsFile = z.infer<typeof schema>
export type PointsEntry = PointsFile['points'][number]

/** @throws AppError 'data/corrupt' with the place in the file */
export function parsePointsFile(text: string): PointsFile {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('data/corrupt', `The file of points is no JSON: ${reason}.`)
  }
  const parsed = checkedBy(schema, json)
  if (parsed.success) return parsed.data
  const [{ path, message }] = parsed.error.issues
  throw new AppError(
    'data/corrupt',
    `The file of points is not as it should be at ${path.join('.')}: ${message}. Expected {parameters, points: [{process, points: [{p: [[E, px, py, pz], …], me2}]}]}.`,
  )
}

/** What the head and notes such as `m_gluino=607.7, mb=0` call the masses, without underscores and in lower case. */
const noteNames: Record<string, MassName | 'gQuark'> = {
  ...{ mgluino: 'mGluino', mgo: 'mGluino', msquark: 'mSquark', msq: 'mSquark' },
  ...{ mt: 'mTop', mtop: 'mTop', mb: 'mBottom', mbottom: 'mBottom', mz: 'mZ', mw: 'mW' },
  ...{ mh: 'mHiggs', mhiggs: 'mHiggs', mphi: 'mPhi', mzp: 'mMediator', mmed: 'mMediator', gq: 'gQuark' },
}

type Noted = Partial<Record<MassName | 'gQuark', number>>

function named(entries: Iterable<readonly [string, unknown]>): Noted {
  const found: Noted = {}
  for (const [name, value] of entries) {
    const parameter = noteNames[name.replaceAll('_', '').toLowerCase()]
    if (parameter && typeof value === 'number') found[parameter] = value
  }
  return found
}

function noted(notes: string): Noted {
  const matches = notes.matchAll(/\b([A-Za-z_]+)\s*=\s*([0-9.]+(?:[eE][-+]?[0-9]+)?)/g)
  return named([...matches].map(([, name, value]) => [name, Number(value)] as const))
}

function headParameters(head: PointsFile['parameters'], gs?: number): AmplitudeParameters {
  const { alpha_em: alpha, aewm1, Gf, mz, mw, sw2, alpha_s: alphaS } = head
  const base = amplitudeParameters({
    ...(alphaS !== undefined && { alphaS }),
    ...(Gf !== undefined && { gF: Gf }),
    ...(mz !== undefined && { mZ: mz }),
    ...(alpha !== undefined
      ? { inverseAlpha: 1 / alpha }
      : aewm1 !== undefined
        ? { inverseAlpha: aewm1 }
        : {}),
  })
  const mW = mw ?? base.mW
  const strong = gs ?? head.gs
  return {
    ...base,
    ...named(Object.entries(head)),
    ...{ mW, sinSquared: sw2 ?? (mw === undefined ? base.sinSquared : 1 - (mW / base.mZ) ** 2) },
    ...(strong !== undefined && { gs: strong }),
  }
}

/** Relative difference of masses up to which a printed value and momenta count as the same. */
const sameMass = 1e-4

/**
 * Parameters of an entry: couplings from the head (g_s of the entry first), masses from the notes, else from the head
 * where the momenta agree, else from the momenta.
 *
 * @throws AppError 'data/corrupt' where momenta are off shell or contradict a note
 */
export function entryParameters(file: PointsFile, entry: PointsEntry, process: Process): AmplitudeParameters {
  const notes = noted(`${entry.note} ${entry.process}`)
  const parameters = { ...headParameters(file.parameters, entry.gs), ...notes }
  const [first] = entry.points
  if (!first) return parameters
  const found = new Map<MassName, number>()
  legsOf(process).forEach(({ mass, name }, leg) => {
    if (!mass) return
    const value = massOfMomentum(first.p[leg])
    const earlier = found.get(mass)
    if (earlier !== undefined && !agree(earlier, value, first.p[leg][0]))
      throw new AppError(
        'data/corrupt',
        `${entry.process}: leg ${leg + 1} (${name}) has the mass ${value} GeV, another of its kind ${earlier}. Give on-shell momenta.`,
      )
    found.set(mass, earlier ?? value)
    const said = notes[mass]
    if (said !== undefined && !agree(said, value, first.p[leg][0]))
      throw new AppError(
        'data/corrupt',
        `${entry.process}: leg ${leg + 1} (${name}) has the mass ${value} GeV, the note says ${said}. Correct one of them.`,
      )
  })
  for (const [mass, value] of found)
    // Written so that the infinite mass of decoupled squarks differs, too.
    if (notes[mass] === undefined && !(Math.abs(parameters[mass] - value) <= sameMass * value))
      parameters[mass] = value
  return parameters
}

function agree(a: number, b: number, energy: number): boolean {
  return Math.abs(a * a - b * b) <= sameMass * Math.max(a * a, b * b) + 1e-9 * energy * energy
}

/** Zero where the square is within the rounding of energy and momentum. */
function massOfMomentum([E, x, y, z]: readonly number[]): number {
  const square = E * E - x * x - y * y - z * z
  return square < 1e-9 * E * E ? 0 : Math.sqrt(square)
}

/** @throws AppError 'data/corrupt' for a wrong number of momenta or momenta that do not balance */
export function flatMomenta(process: Process, momenta: readonly (readonly number[])[]): Float64Array {
  const legs = process.incoming.length + process.outgoing.length
  if (momenta.length !== legs)
    throw new AppError(
      'data/corrupt',
      `${process.name} has ${legs} legs, the point has ${momenta.length} momenta. Give one per leg, incoming first.`,
    )
  for (let k = 0; k < 4; k++) {
    const [into, out] = [momenta.slice(0, process.incoming.length), momenta.slice(process.incoming.length)]
    const sum = (side: typeof momenta): number => side.reduce((total, p) => total + p[k], 0)
    const energy = Math.abs(momenta[0][0])
    if (!(Math.abs(sum(into) - sum(out)) <= 1e-6 * energy))
      throw new AppError(
        'data/corrupt',
        `${process.name}: component ${'E px py pz'.split(' ')[k]} is ${sum(into)} before and ${sum(out)} after. Momenta must balance; incoming legs come first, with positive energies.`,
      )
  }
  return Float64Array.from(momenta.flat())
}
