import { AppError } from '../../errors.ts'
import { createDensities } from './densities.ts'
import { createIntegrand, type Collision, type Integrand } from './integrand.ts'
import { branchingOf, resonanceOf, splitDecays, type StatedDecays } from './stated-decays.ts'
import type { Resonance } from './resonance.ts'
import { subprocesses, type FlavourScheme, type Subprocess } from './subprocesses.ts'
import { checkFinalState } from './thresholds.ts'
import type { PtWindow } from './two-clusters.ts'

export interface HardProcess {
  groups: Subprocess[]
  /** Processes of the sum whose |M|² is not known here. */
  leftOut: string[]
  windows: PtWindow[]
  /** Dimensions of the final state of every part, window by window. */
  dimensions: number[]
  /** Dimensions of the beams: x1 and x2, and the virtuality of a mediator that decays. */
  beamDimensions: number
  /** What bosons of each group decay to, where that is stated; cross-sections are of these decays alone. */
  decays: StatedDecays[]
  /** The share of each group's events that decays so. */
  branchings: number[]
  /** The mediator of each group that decays to dark matter. */
  resonances: (Resonance | undefined)[]
  collision: Collision
  /** The integrand of one part, made when it is first asked for. */
  part(index: number): Integrand
}

export interface HardProcessRequest {
  /**
   * Such as `p p > t t~ Z`, see subprocesses; decays behind it, see splitDecays; several with `;` between them are
   * summed, `p p > W+ j; p p > W- j`.
   */
  process: string
  flavours: FlavourScheme
  windows: PtWindow[]
  kernel?: WebAssembly.Module
}

/**
 * Everything that a cross-section needs, checked.
 *
 * @throws AppError 'input/invalid' or 'physics/out-of-range', see subprocesses, splitDecays, checkFinalState
 *         and resonanceOf, or where two terms of a sum have a process in common
 */
export function createHardProcess(
  { process, flavours, windows, kernel }: HardProcessRequest,
  collision: Collision,
): HardProcess {
  const { parameters, sqrtS, pdf } = collision
  const terms = process.split(';').map((text) => {
    const { production, mediator, decays } = splitDecays(text)
    return { ...subprocesses(production, flavours, parameters, { kernel }), mediator, decays }
  })
  checkSum(process, terms)
  const all = terms.flatMap(({ groups, mediator, decays }) =>
    groups.map((group) => ({
      group,
      decays,
      resonance: mediator && resonanceOf(group, mediator, collision),
      branching: branchingOf(group, decays, parameters),
    })),
  )
  const groups = all.map(({ group }) => group)
  const resonances = all.map(({ resonance }) => resonance)
  groups.forEach(({ matrixElement }, g) => {
    const { name, incoming, outgoing } = matrixElement.process
    const resonance = resonances[g]
    // Far below its mass a mediator that decays needs less energy.
    const own = resonance && { mPhi: 2 * resonance.mediator.mChi, mMediator: 2 * resonance.mediator.mChi }
    for (const { min } of windows)
      checkFinalState(name, outgoing, incoming, { ...parameters, ...own }, sqrtS, min)
  })
  const densities = createDensities(pdf, kernel)
  const made = new Map<number, Integrand>()
  function part(index: number): Integrand {
    const window = windows[Math.floor(index / groups.length)]
    const g = index % groups.length
    const integrand =
      made.get(index) ??
      createIntegrand(groups[g], collision, window, densities, resonances[g], all[g].branching)
    made.set(index, integrand)
    return integrand
  }
  const dimensions = windows.flatMap((_, w) => groups.map((__, g) => part(w * groups.length + g).dimensions))
  const beamDimensions = resonances.some(Boolean) ? 3 : 2
  const leftOut = terms.flatMap((term) => term.leftOut)
  return {
    groups,
    decays: all.map(({ decays }) => decays),
    branchings: all.map(({ branching }) => branching),
    leftOut,
    windows,
    dimensions,
    beamDimensions,
    resonances,
    collision,
    part,
  }
}

/** Terms of a sum are drawn in the same dimensions and have no process in common. */
function checkSum(
  text: string,
  terms: readonly { groups: readonly Subprocess[]; mediator?: string }[],
): void {
  const names = terms.flatMap(({ groups }) => groups.flatMap((group) => group.names))
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined)
    throw new AppError('input/invalid', `"${text}" has ${twice} in two of its terms. Leave one of them out.`)
  if (terms.some(({ mediator }) => (mediator === undefined) !== (terms[0].mediator === undefined)))
    throw new AppError(
      'input/invalid',
      `"${text}" has a mediator that decays in some of its terms and none in others. Sum them in runs of their own.`,
    )
}
