import type { Likelihood } from '../likelihood/likelihood.ts'
import type { Walls } from './density-1d.ts'
import type { ParameterSummary } from './summary.ts'

/** Differences of ln L that rounding makes, relative to its size. */
const rounding = 1e-9
/** A density at a wall above this share of its peak: the interval ends where the prior does. */
const atWall = 0.1
const steps = [-1, -0.5, 0, 0.5, 1]

/**
 * Parameters between flat walls that the likelihood does not depend on: ln L stays the same along them from each of some points.
 *
 * @param points  where to look, each [d]
 */
export function flatParameters(
  likelihood: Likelihood,
  walls: readonly Walls[],
  points: readonly Float64Array[],
): number[] {
  return walls.flatMap(({ min, max }, k) => {
    if (min === undefined || max === undefined) return []
    const flat = points.every((point) => {
      const values = steps.map((step) => {
        const theta = point.slice()
        theta[k] = (min + max) / 2 + (step * (max - min)) / 2
        return likelihood.logLikelihood(theta)
      })
      const spread = Math.max(...values) - Math.min(...values)
      return spread <= rounding * Math.max(1, ...values.map(Math.abs))
    })
    return flat ? [k] : []
  })
}

/** The posterior of a parameter that nothing depends on: its flat prior, whose density of samples is noise. */
export function priorSummary(summary: ParameterSummary, { min = 0, max = 1 }: Walls): ParameterSummary {
  const centre = (min + max) / 2
  const half = (max - min) / 2
  const standardDeviation = half / Math.sqrt(3)
  const segment = (mass: number) => ({ low: centre - half * mass, high: centre + half * mass, mass })
  return {
    ...summary,
    ...{ mean: centre, median: centre, standardDeviation },
    density: { ...summary.density, density: summary.density.x.map(() => 1 / (2 * half)) },
    highestDensity: summary.highestDensity.map((set) => ({ ...set, segments: [segment(set.probability)] })),
    equalTailed: summary.equalTailed.map(({ mass }) => segment(mass)),
    modes: [{ at: centre, mass: 1, mean: centre, standardDeviation }],
    warning: null,
  }
}

/**
 * What a reader must know of a posterior that the prior decides: nothing in the data depends on a parameter, or its density is cut
 * by a wall of the prior.
 *
 * @param flat  see flatParameters
 */
export function priorNotes(
  summaries: readonly ParameterSummary[],
  walls: readonly Walls[],
  flat: readonly number[],
): string[] {
  return summaries.flatMap(({ name, density }, k) => {
    if (flat.includes(k))
      return [
        `Nothing in this fit depends on ${name}: its posterior is the prior, and its intervals say nothing about the data.`,
      ]
    const { x, density: values } = density
    const peak = values.reduce((a, b) => Math.max(a, b), 0)
    const share = (at: number) => (values[at] ?? 0) / peak
    const cut = [
      { wall: walls[k]?.min, edge: 'lower', at: 0 },
      { wall: walls[k]?.max, edge: 'upper', at: x.length - 1 },
    ].filter(({ wall, at }) => wall !== undefined && reaches(x, at, wall) && share(at) > atWall)
    if (cut.length === 0) return []
    const edges = cut.map(({ edge, at }) => `${edge} edge (${(100 * share(at)).toFixed(0)} % of its peak)`)
    return [
      `The posterior of ${name} is cut by the prior, at its ${edges.join(' and its ')}: intervals end there because the prior does. Widen it, or read them as limits within it.`,
    ]
  })
}

/** Whether the density is drawn up to the wall. */
function reaches(x: Float64Array, at: number, wall: number): boolean {
  return Math.abs(x[at] - wall) <= 1.5 * Math.abs(x[1] - x[0])
}
