import { nearestOthers } from '../../../numerics/neighbour-lists.ts'
import { featuresPerEvent } from '../analysis/features/event-features.ts'
import type { EventsIntent } from '../intent.ts'
import type { EventsMap } from './events-state.ts'
import type { SetMeans } from './shown-sets.ts'

type Space = EventsIntent['neighbourSpace']

export interface SetNeighbours {
  /** Nearest first; in the space of models one set of each, that nearest to its middle. */
  rows: { set: number; distance: number }[]
  /** How many were searched. */
  searched: number
  /** Of the listed, how many are among as many nearest in the other space of sets. */
  shared: { space: Space; count: number }[]
}

/** The sets nearest to one, on the map or by the mean features of their events; or the models nearest to its own. */
export function setNeighbours(
  map: EventsMap,
  means: SetMeans,
  set: number,
  space: Space,
  k: number,
): SetNeighbours {
  if (space === 'models') return modelNeighbours(map, set, k)
  const { count, latent, dimensions } = map
  const near = (where: Space) =>
    where === 'latent'
      ? nearestOthers(latent, count, dimensions, set, k)
      : nearestOthers(means.scaled, count, featuresPerEvent, set, k)
  const rows = near(space).map(({ row, distance }) => ({ set: row, distance }))
  const other = space === 'latent' ? 'features' : 'latent'
  const beside = new Set(near(other).map(({ row }) => row))
  const shared = [{ space: other, count: rows.filter((row) => beside.has(row.set)).length } as const]
  return { rows, searched: count - 1, shared }
}

/** Mean of the sets of each model on the map, [models here, dimensions]. */
export function modelCentres({ model, count, latent, dimensions, ids }: EventsMap): Float64Array {
  const sums = new Float64Array(ids.length * dimensions)
  const sets = new Float64Array(ids.length)
  for (let i = 0; i < count; i++) {
    sets[model[i]]++
    for (let k = 0; k < dimensions; k++) sums[model[i] * dimensions + k] += latent[i * dimensions + k]
  }
  return sums.map((sum, i) => sum / sets[Math.floor(i / dimensions)])
}

function modelNeighbours(map: EventsMap, set: number, k: number): SetNeighbours {
  const { models, model, count, latent, dimensions: d } = map
  const centres = modelCentres(map)
  const central = models.map((_, m) => {
    let best = { set: -1, distance: Infinity }
    for (let i = 0; i < count; i++) {
      if (model[i] !== m) continue
      const distance = apart(latent, i, centres, m, d)
      if (distance < best.distance) best = { set: i, distance }
    }
    return best.set
  })
  const own = model[set]
  const rows = central
    .map((middle, m) => ({ set: middle, m, distance: apart(centres, own, centres, m, d) }))
    .filter(({ m, set: middle }) => m !== own && middle >= 0)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, k)
    .map(({ set: middle, distance }) => ({ set: middle, distance }))
  return { rows, searched: models.length - 1, shared: [] }
}

const apart = (a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number, d: number): number => {
  let sum = 0
  for (let k = 0; k < d; k++) sum += (a[i * d + k] - b[j * d + k]) ** 2
  return Math.sqrt(sum)
}
