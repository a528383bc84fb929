import { sampleModels } from '../../../../generator/samples/models.ts'
import { spearman } from '../../../../statistics/rank-correlation.ts'
import type { PairDistances } from '../distances/distance-report.ts'
import type { LatentCloud } from '../distances/latent-clouds.ts'
import { placesOnLargestAxis } from './map-quality.ts'

/** Mass of a gluino model and its splitting to the neutralino [GeV]; undefined for other models. */
export function gluinoOf(id: string): { mass: number; splitting: number } | undefined {
  const { mgo, mchi } = sampleModels[id]?.set ?? {}
  return mgo === undefined || mchi === undefined ? undefined : { mass: mgo, splitting: mgo - mchi }
}

/** How what orders the latent space goes with masses: |Spearman's rho| of the axis of largest variance. */
export interface AxisOrder {
  splitting: number
  mass: number
}

/** @param clouds  of gluino models */
export function axisOrder(clouds: readonly LatentCloud[]): AxisOrder {
  const places = placesOnLargestAxis(clouds)
  const correlation = (of: 'mass' | 'splitting') =>
    Math.abs(
      spearman(
        places,
        clouds.map(({ id }) => gluinoOf(id)?.[of] ?? 0),
      ),
    )
  return { splitting: correlation('splitting'), mass: correlation('mass') }
}

/** Latent areas of pairs that differ in the mass alone, and in the splitting alone. */
export interface SplittingAreas {
  mass: { mean: number; most: number }
  splitting: { mean: number; least: number }
  /** The least of the smallest splitting beside the largest. */
  ends: number
}

/** @param pairs  of gluino models, all of them */
export function splittingAreas(
  pairs: readonly Pick<PairDistances, 'a' | 'b' | 'aucLatent'>[],
): SplittingAreas {
  const splittings = pairs.flatMap(({ a, b }) => [a, b].map((id) => gluinoOf(id)?.splitting ?? 0))
  const whole = Math.max(...splittings) - Math.min(...splittings)
  const areas = (wanted: (mass: number, splitting: number) => boolean): number[] =>
    pairs.flatMap(({ a, b, aucLatent }) => {
      const [first, second] = [gluinoOf(a), gluinoOf(b)]
      if (!first || !second) return []
      const mass = Math.abs(first.mass - second.mass)
      return wanted(mass, Math.abs(first.splitting - second.splitting)) ? [aucLatent.value] : []
    })
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length
  const byMass = areas((_, splitting) => splitting === 0)
  const bySplitting = areas((mass) => mass === 0)
  const ends = areas((mass, splitting) => mass === 0 && splitting === whole)
  return {
    mass: { mean: mean(byMass), most: Math.max(...byMass) },
    splitting: { mean: mean(bySplitting), least: Math.min(...bySplitting) },
    ends: Math.min(...ends),
  }
}

/** Whether two models of the grid are one step apart in the mass or in the splitting; null for other models. */
export function areNeighbours(a: string, b: string, ids: readonly string[]): boolean | null {
  const points = ids.map(gluinoOf)
  const [first, second] = [gluinoOf(a), gluinoOf(b)]
  if (!first || !second || points.some((point) => !point)) return null
  const steps = (of: 'mass' | 'splitting'): number => {
    const values = [...new Set(points.map((point) => point![of]))].sort((x, y) => x - y)
    return Math.abs(values.indexOf(first[of]) - values.indexOf(second[of]))
  }
  return steps('mass') + steps('splitting') === 1
}
