import { AppError } from '../../errors.ts'
import type { FlavourNumber, RunningCoupling } from './alpha-s.ts'
import { densityCount, type StartDistributions } from './evolution-basis.ts'
import { loKernels, type LoKernels } from './lo-kernels.ts'
import type { XGrid } from './x-grid.ts'

/** States between two thresholds, equidistant in tau, at least four. */
export interface EvolvedSegment {
  readonly flavours: FlavourNumber
  /** GeV */
  readonly qLow: number
  /** GeV */
  readonly qHigh: number
  /** Distance of states in tau = int alpha_s/(2 pi) d ln Q^2. */
  readonly step: number
  /** Each [node, 8], row-major, columns in the order of `evolvedDensities`. */
  readonly states: readonly Float64Array[]
}

export interface LoEvolution {
  readonly grid: XGrid
  readonly coupling: RunningCoupling
  /** Ascending in Q; a threshold ends one and begins the next. */
  readonly segments: readonly EvolvedSegment[]
}

export interface EvolutionOptions {
  grid: XGrid
  coupling: RunningCoupling
  /** GeV */
  qMax: number
  /** Longest Runge-Kutta step in tau. */
  maxStep: number
}

/**
 * Leading-order DGLAP evolution, d(xf)/d tau = P (x) xf, with variable flavour number: charm and bottom
 * begin at zero at their masses and there is no top. Classical Runge-Kutta in tau.
 */
export function evolveLo(start: StartDistributions, options: EvolutionOptions): LoEvolution {
  const { grid, coupling, qMax, maxStep } = options
  if (!(qMax > start.q0 && maxStep > 0))
    throw new AppError(
      'physics/out-of-range',
      `Evolution from Q0 = ${start.q0} GeV needs qMax above it and a positive step, got ${qMax} GeV and ${maxStep}.`,
    )
  const kernels = loKernels(grid)
  const { charmMass, bottomMass } = coupling.settings
  const scales = [start.q0, ...[charmMass, bottomMass].filter((m) => m > start.q0 && m < qMax), qMax]

  let state = startState(start, grid)
  const segments: EvolvedSegment[] = []
  for (let k = 0; k + 1 < scales.length; k++) {
    const qLow = scales[k]
    const qHigh = scales[k + 1]
    const flavours = coupling.activeFlavours(qLow)
    const tau = coupling.evolutionTime(qLow, qHigh)
    const steps = Math.max(3, Math.ceil(tau / maxStep))
    const advance = rungeKutta(kernels, grid.x.length, flavours, tau / steps)
    const states = [state]
    for (let i = 0; i < steps; i++) states.push((state = advance(state)))
    segments.push({ flavours, qLow, qHigh, step: tau / steps, states })
  }
  return { grid, coupling, segments }
}

function startState(start: StartDistributions, grid: XGrid): Float64Array {
  const state = new Float64Array(grid.x.length * densityCount)
  // Node 0 is x = 1, where every density is zero.
  for (let i = 1; i < grid.x.length; i++)
    start.fill(grid.x[i], state.subarray(i * densityCount, (i + 1) * densityCount))
  for (let k = 0; k < state.length; k++)
    if (!Number.isFinite(state[k]))
      throw new AppError(
        'physics/out-of-range',
        `Start distribution ${k % densityCount} is ${state[k]} at x = ${grid.x[Math.floor(k / densityCount)]}; it must be finite for 0 < x < 1.`,
      )
  return state
}

function rungeKutta(kernels: LoKernels, nodes: number, flavours: FlavourNumber, step: number) {
  const size = nodes * densityCount
  const slope = new Float64Array(size)
  const probe = new Float64Array(size)
  const singlet = new Float64Array(nodes)
  return (from: Float64Array): Float64Array => {
    const to = Float64Array.from(from)
    let at = from
    for (let stage = 0; stage < 4; stage++) {
      applyKernels(kernels, nodes, flavours, at, singlet, slope)
      const weight = stage === 0 || stage === 3 ? step / 6 : step / 3
      const ahead = stage === 2 ? step : step / 2
      for (let k = 0; k < size; k++) {
        to[k] += weight * slope[k]
        probe[k] = from[k] + ahead * slope[k]
      }
      at = probe
    }
    return to
  }
}

/** d(xf)/d tau for all eight densities in one pass over the kernels. */
function applyKernels(
  { matrix, columns }: LoKernels,
  nodes: number,
  flavours: FlavourNumber,
  state: Float64Array,
  singlet: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0, k = 0; i < nodes; i++, k += 8)
    singlet[i] =
      state[k] + state[k + 1] + state[k + 2] + state[k + 3] + 2 * (state[k + 4] + state[k + 5] + state[k + 6])
  // Factors rather than branches, and a division that is never whole: the compiled loop survives each threshold.
  const charmOn = flavours >= 4 ? 1 : 0
  const bottomOn = flavours >= 5 ? 1 : 0
  for (let row = 0; row < nodes; row++) {
    let d = 0
    let u = 0
    let dbar = 0
    let ubar = 0
    let s = 0
    let c = 0
    let b = 0
    let g = 0
    let fromGluon = 0
    const end = columns[row]
    for (let column = 0, m = row * nodes * 4, k = 0; column < end; column++, m += 4, k += 8) {
      const qq = matrix[m]
      const gluon = state[k + 7]
      d += qq * state[k]
      u += qq * state[k + 1]
      dbar += qq * state[k + 2]
      ubar += qq * state[k + 3]
      s += qq * state[k + 4]
      c += qq * state[k + 5]
      b += qq * state[k + 6]
      fromGluon += matrix[m + 2] * gluon
      g += matrix[m + 1] * singlet[column] + matrix[m + 3] * gluon
    }
    const o = row * 8
    out[o] = d + fromGluon
    out[o + 1] = u + fromGluon
    out[o + 2] = dbar + fromGluon
    out[o + 3] = ubar + fromGluon
    out[o + 4] = s + fromGluon
    out[o + 5] = charmOn * (c + fromGluon)
    out[o + 6] = bottomOn * (b + fromGluon)
    // The nf part of P_gg's delta function: -4 nf T_R / 6.
    out[o + 7] = g - (flavours * state[o + 7]) / 3
  }
}
