import { createRng } from '../../numerics/rng.ts'
import type { AmplitudeParameters } from './parameters.ts'
import { legsOf, spinStates, type Process } from './process.ts'
import { recursion } from './recursion.ts'
import { recursionGraph } from './recursion-graph.ts'

export interface HelicitySelection {
  /** Helicity indices of each leg that are needed. */
  indices: readonly (readonly number[])[]
  /** By how much the sum over them falls short of the sum over all: 2 where parity gives the other half. */
  factor: number
}

/**
 * Helicities that contribute at all: chirality forbids half of them on massless lines, and a W takes only one. Where
 * neither W, Z nor an operator of one chirality enters, turning all helicities round changes no |amplitude|² (with the polarisations of bosons
 * linear), so one fermion keeps one.
 */
export function selectHelicities(
  process: Process,
  parameters: AmplitudeParameters,
  useParity: boolean,
): HelicitySelection {
  const contributing = contributingConfigurations(process, parameters)
  const counts = legsOf(process).map((leg) => spinStates(leg))
  let left = contributing
  let factor = 1
  if (useParity && conservesParity(process, parameters)) {
    const fermion = legsOf(process).findIndex(
      ({ kind }, leg) =>
        (kind === 'quark' || kind === 'lepton') && new Set(left.map((config) => config[leg])).size === 2,
    )
    if (fermion >= 0) {
      left = left.filter((config) => config[fermion] === 1)
      factor = 2
    }
  }
  const indices = counts.map((count, leg) => {
    const seen = new Set(left.map((config) => config[leg]))
    return Array.from({ length: count }, (_, index) => index).filter((index) => seen.has(index))
  })
  return { indices, factor }
}

/** What treats left and right differently. */
const chiral = new Set(['Z', 'W+', 'W-', 'contact'])

function conservesParity(process: Process, parameters: AmplitudeParameters): boolean {
  const { currents } = recursionGraph(process, parameters)
  return !currents.some(({ kind, field }) => kind === 'boson' && chiral.has(field))
}

/** Evaluated at momenta on shell that need not balance: what is zero there is zero for its chirality. */
function contributingConfigurations(process: Process, parameters: AmplitudeParameters): number[][] {
  const rng = createRng(1, 'helicities')
  const legs = legsOf(process)
  const momenta = new Float64Array(4 * legs.length)
  legs.forEach(({ mass }, leg) => {
    const p = [0, 1, 2].map(() => 300 * rng.normal())
    momenta.set([Math.hypot(mass ? parameters[mass] : 0, ...p), ...p], 4 * leg)
  })
  const { values, structures, helicities } = recursion(process, parameters).amplitudes(momenta)
  let largest = 0
  for (const x of values) largest = Math.max(largest, Math.abs(x))
  const found: number[][] = []
  for (let i = 0; 2 * i * structures < values.length; i++) {
    const own = values.subarray(2 * i * structures, 2 * (i + 1) * structures)
    if (!own.some((x) => Math.abs(x) > 1e-12 * largest)) continue
    let rest = i
    found.push(
      helicities.map((count) => {
        const index = rest % count
        rest = Math.floor(rest / count)
        return index
      }),
    )
  }
  return found
}
