import { mlpOutputs, runMlp, type Mlp } from '../../../../ml/mlp.ts'
import { singularDecomposition } from '../../../../numerics/singular-values.ts'
import { createRng } from '../../../../numerics/rng.ts'
import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { operatorFamilies, operatorNames, operators } from '../../../../physics/smeft/operators.ts'
import { adjustedRandIndex } from '../../../../statistics/clustering/adjusted-rand.ts'
import { averageLinkage } from '../../../../statistics/clustering/average-linkage.ts'
import { kMeans } from '../../../../statistics/clustering/k-means.ts'
import type { DatasetHeader } from '../dataset-types.ts'
import { linearEncoder } from '../linear-encoder.ts'
import { coefficientsOf, validUniverses } from '../universes.ts'
import { familyNames } from './family-names.ts'
import { latentQuality, type LatentQuality } from './latent-quality.ts'
import {
  axisCorrelations,
  cosineDistances,
  operatorDirections,
  type OperatorDirections,
} from './operator-directions.ts'

export interface Families {
  labels: Uint8Array // [17]
  names: string[]
}

export interface DirectionsReport {
  directions: OperatorDirections
  correlations: Float64Array // [d, 17]
  /** Clusters of operators by the cosine of their whitened templates, and of their steps on the map. */
  templates: Families
  latent: Families
  agreement: {
    /** Latent clusters of operators against template families. */
    operators: number
    /** Template families against the textbook's four. */
    textbook: number
    /** k-means clusters of universes on the map against the template family that moves each most. */
    universes: number
  }
  /** Of the whitened templates, TeV^2, falling: a combination of unit length is known to 1 / value TeV^-2. */
  singularValues: Float64Array // [17]
  quality: LatentQuality
  /** The same of the closed-form map, to compare with. */
  linearQuality: LatentQuality
  universes: number
}

export interface DirectionsRequest {
  header: Pick<DatasetHeader, 'whitenedLinear' | 'whitenedMeans' | 'table' | 'manifestHash'>
  order: EftOrder
  encoder: Mlp
  families: number
  seed: number
}

/** Everything the Directions tab shows of an encoder. Yields the fraction done. */
export function* directionsReport(request: DirectionsRequest): Generator<number, DirectionsReport> {
  const { header, encoder, families, seed } = request
  const { whitenedLinear, whitenedMeans, table } = header
  const n = operatorNames.length
  const bins = whitenedLinear.length / n
  const keep = validUniverses(table, request.order)
  const directions = operatorDirections(whitenedLinear, encoder)
  const { values: singularValues } = singularDecomposition(whitenedLinear, n, bins)
  yield 0.1
  const latent = runMlp(encoder, whitenedMeans, table.count)
  const correlations = axisCorrelations(latent, table.coefficients, keep)
  yield 0.3
  const templateLabels = averageLinkage(cosineDistances(whitenedLinear, n), n, families)
  const latentLabels = averageLinkage(cosineDistances(directions.noiseStep, n), n, families)
  yield 0.4
  const d = mlpOutputs(encoder)
  const places = new Float32Array(keep.length * d)
  keep.forEach((u, row) => places.set(latent.subarray(u * d, (u + 1) * d), row * d))
  const found = kMeans(places, keep.length, d, families, createRng(seed).split('k-means'))
  const dominant = keep.map((u) =>
    dominantFamily(whitenedLinear, coefficientsOf(table, u), templateLabels, families),
  )
  yield 0.6
  const quality = latentQuality(whitenedMeans, bins, encoder, keep, seed)
  yield 0.8
  const linearQuality = latentQuality(whitenedMeans, bins, linearEncoder(header).mlp, keep, seed)
  return {
    directions,
    correlations,
    templates: { labels: templateLabels, names: familyNames(templateLabels) },
    latent: { labels: latentLabels, names: familyNames(latentLabels) },
    agreement: {
      operators: adjustedRandIndex(latentLabels, templateLabels),
      textbook: adjustedRandIndex(
        templateLabels,
        operators.map(({ family }) => operatorFamilies.indexOf(family)),
      ),
      universes: adjustedRandIndex(found, dominant),
    },
    singularValues,
    quality,
    linearQuality,
    universes: keep.length,
  }
}

/** The family whose operators alone would move the spectrum furthest, at linear order. */
function dominantFamily(
  whitenedLinear: Float64Array,
  coefficients: Float64Array,
  labels: Uint8Array,
  families: number,
): number {
  const bins = whitenedLinear.length / operatorNames.length
  let best = 0
  let furthest = -1
  for (let family = 0; family < families; family++) {
    const moved = new Float64Array(bins)
    for (let o = 0; o < labels.length; o++)
      if (labels[o] === family)
        for (let b = 0; b < bins; b++) moved[b] += coefficients[o] * whitenedLinear[o * bins + b]
    const length = moved.reduce((sum, value) => sum + value * value, 0)
    if (length > furthest) [best, furthest] = [family, length]
  }
  return best
}
