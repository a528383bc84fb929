import { AppError } from '../../errors.ts'
import { createRng } from '../../numerics/rng.ts'
import {
  createProcess,
  parseKnownProcess,
  type ProcessOptions,
} from '../../physics/amplitudes/create-process.ts'
import type { AmplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import type { Particle } from '../../physics/amplitudes/particles.ts'
import type { Process } from '../../physics/amplitudes/process.ts'
import type { SquaredMatrixElement } from '../../physics/amplitudes/squared-matrix-element.ts'
import { partonIndex, type PartonId } from '../../physics/pdf/pdf-set.ts'
import { rambo } from './rambo.ts'

export type FlavourScheme = 4 | 5

/** Partonic processes with one |M|²: what they are, and which densities multiply it. */
export interface Subprocess {
  matrixElement: SquaredMatrixElement
  /** Members as they are written, the first one is computed. */
  names: string[]
  /** Pairs of places in `partonIds`: beam along +z, beam along -z. */
  partons: [number, number][]
  /** What happens where the pair of the same place collides. */
  members: SubprocessMember[]
}

/** One partonic process from one side. */
export interface SubprocessMember {
  process: Process
  /** Its second incoming leg lies along +z of the momenta that |M|² is computed with. */
  exchanged: boolean
  /** The event is to be turned round, so that what came along +z comes along -z. */
  turned: boolean
}

const quarkNames = ['d', 'u', 's', 'c', 'b'] as const

function lightPartons(flavours: FlavourScheme): string[] {
  return ['g', ...quarkNames.slice(0, flavours).flatMap((name) => [name, `${name}~`])]
}

function partonPlace({ name }: { name: string }): number {
  if (name === 'g') return partonIndex(21)
  const id = 1 + quarkNames.findIndex((quark) => quark === name.replace('~', ''))
  return partonIndex((name.endsWith('~') ? -id : id) as PartonId)
}

/** All lists with one parton for each p or j, in rising order: an exchange of two gives the same state again. */
function expand(words: readonly string[], symbol: 'p' | 'j', partons: readonly string[]): string[][] {
  let lists = [{ words: [...words], least: 0 }]
  words.forEach((word, place) => {
    if (word !== symbol) return
    lists = lists.flatMap(({ words: before, least }) =>
      partons
        .map((parton, k) => ({ words: before.with(place, parton), least: k }))
        .filter((list) => list.least >= least),
    )
  })
  return lists.map((list) => list.words)
}

/** Every partonic process of the text that conserves charge and the number of fermions in each family. */
function expandProcess(text: string, flavours: FlavourScheme): Process[] {
  const partons = lightPartons(flavours)
  const sides = text.split('>').map((side) => side.trim().split(/\s+/))
  if (sides.length !== 2) return [parseKnownProcess(text)]
  const finals = expand(sides[1], 'j', partons)
  const all = expand(sides[0], 'p', partons).flatMap((initial) =>
    finals.map((final) => parseKnownProcess(`${initial.join(' ')} > ${final.join(' ')}`)),
  )
  const [example] = all
  if (example.incoming.length !== 2 || example.incoming.some((leg) => !isParton(leg, partons)))
    throw new AppError(
      'input/invalid',
      `The beams of "${text}" must be two of p ${partons.join(' ')} (${flavours} flavours). Write such as "p p > t t~" or "g b > t W-"${flavours === 4 ? ', with --flavours 5 where there is a b' : ''}.`,
    )
  const open = all.filter(conserves)
  if (open.length === 0)
    throw new AppError(
      'input/invalid',
      `"${text}" conserves neither charge nor family for any pair of partons. Check its particles.`,
    )
  return open
}

const isParton = ({ name }: Particle, partons: readonly string[]): boolean => partons.includes(name)

const families: Record<string, number> = { d: 0, u: 0, s: 1, c: 1, b: 2, t: 2 }

function conserves({ incoming, outgoing }: Process): boolean {
  const balance = [0, 0, 0, 0]
  for (const [legs, sign] of [
    [incoming, 1],
    [outgoing, -1],
  ] as const)
    for (const { charge, kind, field, anti } of legs) {
      balance[3] += sign * charge
      if (kind === 'quark') balance[families[field]] += anti ? -sign : sign
    }
  return balance.every((value) => Math.abs(value) < 1e-9)
}

/**
 * Partonic processes of `p p > t t~ Z`: p is any parton in the beams, j any in the final state, up to the given number
 * of flavours. A process that is written with partons, such as `g b > t W-`, is taken from either beam. Those with one
 * |M|² are put together, found by its value at a few points.
 *
 * @returns leftOut: processes that conserve charge and family, but whose |M|² is not known here
 * @throws AppError 'input/invalid' where nothing of it is known, with what is
 */
export function subprocesses(
  text: string,
  flavours: FlavourScheme,
  parameters: AmplitudeParameters,
  options: ProcessOptions,
): { groups: Subprocess[]; leftOut: string[] } {
  const groups: (Subprocess & { values: number[]; mirrored: number[] })[] = []
  const leftOut: string[] = []
  let refusal: unknown
  let unmade: unknown
  for (const process of expandProcess(text, flavours)) {
    let matrixElement: SquaredMatrixElement
    try {
      matrixElement = createProcess(process, parameters, options)
    } catch (thrown) {
      // What no diagram makes at this order is zero, not missing.
      if (AppError.from(thrown).context?.diagrams === 0) unmade ??= thrown
      else leftOut.push(process.name)
      refusal ??= leftOut.length > 0 ? thrown : undefined
      continue
    }
    const values = probe(matrixElement, parameters, false)
    const mirrored = probe(matrixElement, parameters, true)
    const [a, b] = process.incoming.map(partonPlace)
    const group = groups.find((other) => agree(other.values, values) || agree(other.mirrored, values))
    const straight = !group || agree(group.values, values)
    // Protons are alike: b from the other beam and a from this one is the same process seen from behind. Where |M|²
    // does not tell the beams apart, both ways at each point have the smaller variance.
    const even = agree(values, mirrored)
    const one: [number, number] = straight ? [a, b] : [b, a]
    const partons: [number, number][] = a === b ? [one] : [one, even ? [one[1], one[0]] : one]
    const first = { process, exchanged: !straight, turned: false }
    const members = [first, even ? { ...first, exchanged: straight } : { ...first, turned: true }]
    const own = group ?? { matrixElement, names: [], partons: [], members: [], values, mirrored }
    if (!group) groups.push(own)
    own.names.push(process.name)
    own.partons.push(...partons)
    own.members.push(...members.slice(0, partons.length))
  }
  if (groups.length === 0) throw refusal ?? unmade
  return {
    groups: groups.map(({ matrixElement, names, partons, members }) => ({
      ...{ matrixElement, names, partons, members },
    })),
    leftOut,
  }
}

/** |M|² at a few points, with the beams exchanged if asked. */
function probe(
  matrixElement: SquaredMatrixElement,
  parameters: AmplitudeParameters,
  exchanged: boolean,
): number[] {
  const masses = finalMasses(matrixElement.process, parameters)
  const energy = 500 + 2 * masses.reduce((sum, m) => sum + m, 0)
  const rng = createRng(1, 'probe')
  const momenta = new Float64Array(8 + 4 * masses.length)
  placeBeams(energy, momenta)
  if (exchanged) for (const at of [3, 7]) momenta[at] *= -1
  return [1, 2, 3].map(() => {
    rambo(energy, masses, rng, momenta.subarray(8))
    return matrixElement.squaredMatrixElement(momenta)
  })
}

/** Two massless beams along +z and -z in the first eight places. */
export function placeBeams(energy: number, momenta: Float64Array): void {
  momenta[0] = momenta[3] = momenta[4] = energy / 2
  momenta[7] = -energy / 2
  momenta[1] = momenta[2] = momenta[5] = momenta[6] = 0
}

export function finalMasses({ outgoing }: Process, parameters: AmplitudeParameters): number[] {
  return outgoing.map(({ mass }) => (mass ? parameters[mass] : 0))
}

function agree(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, i) => Math.abs(value - b[i]) <= 1e-9 * Math.abs(value))
}
