import type { EventsMap, LiveOnMap } from './events-state.ts'

export interface LiveNeighbour {
  /** Place of the model. */
  model: number
  distance: number
  /** Standard error of the distance, from the spread of the sets of both. */
  error: number
}

interface Cloud {
  mean: number[]
  /** Variance of the mean along each axis. */
  variance: number[]
}

/** Distances on the map from the middle of a live model to those of the others, nearest first; none before it is there. */
export function liveNeighbours(
  map: EventsMap,
  { news }: { news: Pick<LiveOnMap['news'], 'latent'> },
): LiveNeighbour[] {
  const { dimensions: d, count, model, latent, models } = map
  const sets = news.latent.length / d
  if (sets === 0) return []
  const live = cloud(
    news.latent,
    d,
    Array.from({ length: sets }, (_, i) => i),
  )
  return models
    .map((_, m) => {
      const own = Array.from({ length: count }, (__, i) => i).filter((i) => model[i] === m)
      const other = cloud(latent, d, own)
      const apart = live.mean.map((z, k) => z - other.mean[k])
      const distance = Math.hypot(...apart)
      const square = apart.reduce(
        (sum, dk, k) => sum + (dk / distance) ** 2 * (live.variance[k] + other.variance[k]),
        0,
      )
      return { model: m, distance, error: Math.sqrt(square) }
    })
    .sort((a, b) => a.distance - b.distance)
}

function cloud(latent: Float32Array, d: number, rows: readonly number[]): Cloud {
  const axis = (k: number) => rows.map((i) => latent[i * d + k])
  const mean = Array.from({ length: d }, (_, k) => axis(k).reduce((a, b) => a + b, 0) / rows.length)
  const variance = mean.map(
    (m, k) => axis(k).reduce((sum, z) => sum + (z - m) ** 2, 0) / (rows.length * (rows.length - 1)),
  )
  return { mean, variance }
}
