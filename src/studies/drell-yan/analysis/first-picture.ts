import { boundsOf } from '../../../numerics/histogram.ts'
import { mlpOutputs, runMlp, type Mlp } from '../../../ml/mlp.ts'
import type { DatasetHeader } from './dataset-types.ts'
import { plainRowEncoder } from '../../../ml/row-encoder.ts'
import { drawReplicas } from './row-embedding.ts'

/** A map drawn beforehand, shown until the data are there. Small: a few points of each universe, on a coarse grid. */
export interface FirstPicture {
  dataset: string
  model: string
  /** Size of the plane in grid steps; what lies in it is the frame that shows all points of the dataset. */
  width: number
  height: number
  /** Per class of universes the places x, y of its points, y downwards. */
  classes: number[][]
}

const width = 1000
/** Border around all points, as the map leaves it. */
const border = 1.06
/** Replicas of each universe that are drawn, beside its mean. */
const drawn = 1

/** The first two latent axes of universes and replicas. @param classes  how many classes of universes there are */
export function firstPicture(
  header: DatasetHeader,
  model: { id: string; mlp: Mlp },
  classes: number,
): FirstPicture {
  const { manifest, whitenedMeans, shape, table } = header
  const d = mlpOutputs(model.mlp)
  const perUniverse = manifest.replicasPerUniverse
  const rows = table.count * (1 + perUniverse)
  const x = new Float32Array(rows)
  const y = new Float32Array(rows)
  let row = 0
  const add = (latent: Float32Array): void => {
    for (let i = 0; i < latent.length; i += d, row++) {
      x[row] = latent[i]
      y[row] = latent[i + 1]
    }
  }
  add(runMlp(model.mlp, whitenedMeans, table.count))
  const bins = header.universeModel.templates.bins
  for (const { latent } of drawReplicas(
    whitenedMeans,
    bins,
    plainRowEncoder(model.mlp),
    perUniverse,
    0,
    manifest.seed,
  ))
    add(latent)
  const { xMin, xMax, yMin, yMax } = boundsOf(x, y, rows) ?? { xMin: 0, xMax: 1, yMin: 0, yMax: 1 }
  const step = (border * (xMax - xMin)) / width
  const height = Math.round((border * (yMax - yMin)) / step)
  const places = Array.from({ length: classes }, (): number[] => [])
  const put = (universe: number, at: number): void => {
    places[shape.family[universe]].push(
      Math.round(width / 2 + (x[at] - (xMin + xMax) / 2) / step),
      Math.round(height / 2 - (y[at] - (yMin + yMax) / 2) / step),
    )
  }
  for (let u = 0; u < table.count; u++) {
    put(u, u)
    for (let r = 0; r < drawn; r++) put(u, table.count + u * perUniverse + r)
  }
  return { dataset: manifest.id, model: model.id, width, height, classes: places }
}
