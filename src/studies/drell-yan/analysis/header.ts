import type { DatasetManifest } from '../../../dataset/manifest.ts'
import { createRng } from '../../../numerics/rng.ts'
import { runMlp, mlpOutputs, type Mlp } from '../../../ml/mlp.ts'
import type { DatasetHeader, UniverseEmbedding } from './dataset-types.ts'
import { universeShapes } from './families.ts'
import type { MeasurementComparison } from './measurement.ts'
import { universeSpectra, type UniverseModel, type UniverseTable } from './universes.ts'
import { whitenedTemplates, whitenSpectra } from './whitening.ts'

/** All derived facts of a dataset that views read without its rows. */
export function datasetHeader(
  manifest: DatasetManifest,
  manifestHash: string,
  model: UniverseModel,
  table: UniverseTable,
  measurement: MeasurementComparison | null,
): DatasetHeader {
  return {
    manifest,
    manifestHash,
    universeModel: model,
    table,
    shape: universeShapes(model, table, manifest.order),
    whitenedLinear: whitenedTemplates(model.whitening, model.templates),
    whitenedMeans: whitenSpectra(
      model.whitening,
      universeSpectra(model.templates, table, manifest.order),
      table.count,
    ),
    measurement,
  }
}

/** Replicas behind the measurement's ellipse: its error is then about 4 %. */
const ellipseReplicas = 600

/** Universe means, SM and measurement in the latent space of an encoder. */
export function embedUniverses(
  header: Pick<DatasetHeader, 'whitenedMeans' | 'measurement' | 'universeModel'>,
  encoder: Mlp,
): UniverseEmbedding {
  const bins = header.universeModel.templates.bins
  const universes = runMlp(encoder, header.whitenedMeans, header.whitenedMeans.length / bins)
  const measured = header.measurement?.whitened ?? null
  return {
    latentDim: mlpOutputs(encoder),
    universes,
    standardModel: runMlp(encoder, new Float32Array(bins), 1),
    measurement: measured && runMlp(encoder, measured, 1),
    measurementCovariance: measured && latentCovariance(encoder, measured),
  }
}

/** Covariance of the first two latent axes when unit noise is added to a whitened spectrum: xx, xy, yy. */
function latentCovariance(encoder: Mlp, centre: Float32Array): [number, number, number] {
  const bins = centre.length
  const d = mlpOutputs(encoder)
  const rng = createRng(1).split('ellipse')
  const noisy = new Float32Array(ellipseReplicas * bins)
  for (let i = 0; i < noisy.length; i++) noisy[i] = centre[i % bins] + rng.normal()
  const z = runMlp(encoder, noisy, ellipseReplicas)
  let [x, y, xx, xy, yy] = [0, 0, 0, 0, 0]
  for (let r = 0; r < ellipseReplicas; r++) {
    x += z[r * d] / ellipseReplicas
    y += z[r * d + 1] / ellipseReplicas
  }
  for (let r = 0; r < ellipseReplicas; r++) {
    const dx = z[r * d] - x
    const dy = z[r * d + 1] - y
    xx += (dx * dx) / (ellipseReplicas - 1)
    xy += (dx * dy) / (ellipseReplicas - 1)
    yy += (dy * dy) / (ellipseReplicas - 1)
  }
  return [xx, xy, yy]
}
