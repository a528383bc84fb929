import type {
  AmplitudeProgram,
  ProgramCurrent,
  ProgramRule,
  ProgramWave,
  Propagator,
  WaveKind,
} from '../../kernels/amplitude-program.ts'
import { colourMatrix } from './colour-matrix.ts'
import { configurationsOf, configurationsWithin } from './configurations.ts'
import type { AmplitudeParameters } from './parameters.ts'
import type { Particle } from './particles.ts'
import { legsOf, type Process } from './process.ts'
import type { Current, RecursionGraph } from './currents.ts'
import { recursionGraph, strongPower } from './recursion-graph.ts'
import { massOf, propagates, type BosonField } from './vertices.ts'

export interface KernelProgram {
  program: AmplitudeProgram
  strongPower: number
  /** Leg whose two helicities are the lanes; -1 where no leg has two. */
  lane: number
  /** Helicity indices of each leg that the program has, in its order; the lane leg's are [0, 1]. */
  helicities: readonly (readonly number[])[]
}

/**
 * The recursion of a process as a program for the kernel, for some of the helicities of each leg.
 *
 * @param allowed  indices per leg, at least one each
 */
export function kernelProgram(
  process: Process,
  parameters: AmplitudeParameters,
  allowed: readonly (readonly number[])[],
): KernelProgram {
  const graph = recursionGraph(process, parameters)
  const legs = legsOf(process)
  const lane = laneLeg(graph, allowed)
  const counts = allowed.map((indices, leg) => (leg === lane ? 1 : indices.length))
  const everything = (1 << legs.length) - 1
  const rest = everything & ~(1 << graph.root)
  const wave = (leg: number): ProgramWave => ({
    leg,
    kind: waveKind(legs[leg], leg < process.incoming.length),
    mass: legs[leg].mass ? parameters[legs[leg].mass] : 0,
    indices: leg === lane ? ['lanes'] : allowed[leg],
  })
  const ended = new Set(graph.ends.map(({ current }) => current))
  const currents = graph.currents.map((current, i): ProgramCurrent => ({
    legs: current.legs,
    configurations: configurationsOf(current.legs, counts),
    wave: current.vertices.length === 0 ? wave(31 - Math.clz32(current.legs)) : undefined,
    vertices: current.vertices.map(({ rule, left, right, inputs }) => ({
      rule: rule as ProgramRule,
      ...{ left, right },
      inputs: inputs.map((input) => ({
        current: input,
        places: configurationsWithin(current.legs, graph.currents[input].legs, counts),
      })),
    })),
    propagator: ended.has(i) ? undefined : propagatorOf(current, parameters),
  }))
  return {
    strongPower: strongPower(process, graph),
    lane,
    helicities: allowed,
    program: {
      legs: legs.length,
      incoming: process.incoming.length,
      currents,
      root: wave(graph.root),
      ends: graph.ends.map(({ current, structure }) => {
        const { kind } = graph.currents[current]
        return {
          ...{ current, structure, kind: kind === 'column' || kind === 'row' ? kind : 'vector' },
          places: configurationsWithin(everything, rest, counts),
          rootPlaces: configurationsWithin(everything, 1 << graph.root, counts),
        }
      }),
      configurations: configurationsOf(everything, counts),
      structures: graph.structures.length,
      colourMatrix: colourMatrix(graph.structures),
      equalLanes: lane < 0,
    },
  }
}

/** The leg with two helicities that leaves the fewest vertices to compute. */
function laneLeg(graph: RecursionGraph, allowed: readonly (readonly number[])[]): number {
  let best = -1
  let least = Infinity
  allowed.forEach((indices, lane) => {
    if (indices.length !== 2) return
    const counts = allowed.map((own, leg) => (leg === lane ? 1 : own.length))
    const work = graph.currents.reduce(
      (sum, { legs, vertices }) => sum + vertices.length * configurationsOf(legs, counts),
      0,
    )
    if (work < least) {
      least = work
      best = lane
    }
  })
  return best
}

function waveKind({ kind, anti }: Particle, incoming: boolean): WaveKind {
  if (kind === 'scalar') return 'scalar'
  if (kind === 'gluon' || kind === 'vector') return 'vector'
  if (anti) return incoming ? 'row-v' : 'column-v'
  return incoming ? 'column-u' : 'row-u'
}

function propagatorOf({ kind, field }: Current, parameters: AmplitudeParameters): Propagator | undefined {
  if (kind === 'column' || kind === 'row') return { kind, mass: massOf(field, parameters) }
  if (kind === 'gluon' || field === 'photon') return { kind: 'gluon' }
  if (!propagates(field as BosonField)) return undefined
  const width = field === 'Z' ? parameters.widthZ : field === 'Zp' ? 0 : parameters.widthW
  return { kind: 'massive', mass: massOf(field, parameters), width }
}
