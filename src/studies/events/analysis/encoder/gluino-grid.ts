import { sampleModels } from '../../../../generator/samples/models.ts'
import { spearman } from '../../../../statistics/rank-correlation.ts'
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

/** Whether two models of the grid stand side by side in it: one step in the mass, the splitting, or both. */
export function areNeighbours(a: string, b: string, ids: readonly string[]): boolean {
  const step = (of: 'mass' | 'splitting'): number => {
    const values = [...new Set(ids.map((id) => gluinoOf(id)?.[of] ?? 0))].sort((x, y) => x - y)
    const place = (id: string) => values.indexOf(gluinoOf(id)?.[of] ?? 0)
    return Math.abs(place(a) - place(b))
  }
  return a !== b && step('mass') <= 1 && step('splitting') <= 1
}
