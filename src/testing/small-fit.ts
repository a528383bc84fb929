import type { FitData, FitOutcome } from '../studies/top-pair/analysis/fit/fit-jobs.ts'
import type { FitKind } from '../studies/top-pair/analysis/fit/fit-setup.ts'
import { createRng } from '../numerics/rng.ts'
import { density2d } from '../statistics/posterior/density-2d.ts'
import { deltaChi2 } from '../statistics/posterior/delta-chi2.ts'
import { findModes } from '../statistics/modes/find-modes.ts'
import { summarise } from '../statistics/posterior/summary.ts'

/** Two coefficients, two bins: the smallest data a figure can be made of. */
export const smallFitData: FitData = {
  key: 'small',
  source: 'simulated',
  events: 110,
  features: { names: [], values: new Float32Array(0) },
  binned: { observable: 'pt_l2', unit: 'GeV', values: new Float32Array(0), edges: [20, 100, 500] },
  counts: Float64Array.of(90, 20),
  templates: Float64Array.of(100, 1, 2, 0.5, 0, 1, 10, 2, 4, 1, 0, 3), // [2, 6]
  templateCovariances: Float64Array.from({ length: 72 }, (_, i) => (i % 36 === 0 ? 1 : 0)),
  expected: Float64Array.of(110, 3, 6, 1.5, 0, 4),
  exactRatios: null,
  terms: ['1', 'td8', 'tq8', 'td8^2', 'td8*tq8', 'tq8^2'],
  luminosityInvPb: 1000,
  fiducialPb: [],
  pool: { points: 1000, events: 500 },
  notes: [],
}

/**
 * A posterior of Gaussian draws about a centre; `split` puts a share of them on the other side.
 *
 * @param nodes  of the joint densities along each axis; a fit has 128
 */
export function smallOutcome(
  kind: FitKind,
  centre: readonly number[],
  width: number,
  split = 0,
  nodes = 24,
): FitOutcome {
  const rng = createRng(7).split(kind)
  const d = centre.length
  const names = ['td8', 'tq8', 'tu8', 'Qd8', 'Qu8', 'Qq83', 'Qq81', 'tG'].slice(0, d)
  const count = 400
  const theta = Float64Array.from({ length: count * d }, (_, i) => {
    const flip = Math.floor(i / d) < split * count && i % d === 0 ? -1 : 1
    return flip * centre[i % d] + width * rng.normal()
  })
  const weights = new Float64Array(count).fill(1 / count)
  const logL = new Float64Array(count)
  const samples = { names, theta, weights, logL }
  const found = findModes(samples)
  const column = (k: number) => Float64Array.from({ length: count }, (_, i) => theta[i * d + k])
  const pairs = names.flatMap((_, y) =>
    names
      .slice(0, y)
      .map((_name, x) => ({ x, y, density: density2d(column(x), column(y), weights, {}, nodes) })),
  )
  return {
    kind,
    dataKey: 'small',
    ...samples,
    logZ: -5,
    logZError: 0.1,
    ess: count,
    insertionPull: 0.3,
    information: 2,
    calls: 5000,
    iterations: 300,
    converged: true,
    seconds: 0.5,
    best: { theta: Float64Array.from(centre), logL: 0 },
    summaries: summarise(
      samples,
      names.map(() => ({})),
      found,
    ),
    modes: found.modes,
    pairs,
    deltaChi2: [{ hypothesis: 'SM', result: deltaChi2(0, -3, d) }],
    gridLogZ: -5.05,
    flooredEvents: 0,
    flat: [],
    notes: [],
  }
}
