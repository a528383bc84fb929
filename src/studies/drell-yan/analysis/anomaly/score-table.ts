import { mlpOutputs, runMlp, type Mlp } from '../../../../ml/mlp.ts'
import { operators } from '../../../../physics/smeft/operators.ts'
import { linearEncoder } from '../linear-encoder.ts'
import type { UniverseModel } from '../universes.ts'
import type { EvaluationOptions } from './evaluation-options.ts'
import { noisySpectra } from './known-universes.ts'
import { createScorer, nearest, type EmpiricalScore, type Scorer } from './scorer.ts'
import { backgroundMeans, knownGallery, testSpectra } from './test-spectra.ts'
import { residualOf, theoryOf, type Theory } from './theory.ts'

/** Any function of a whitened spectrum that grows with strangeness, e.g. the knowledge uncertainty of a classifier. */
export interface ExtraScore {
  id: string
  label: string
  /** @returns one score per row */
  score(whitened: Float32Array, rows: number): Float64Array
}

export interface ScoreName {
  id: string
  label: string
  /** Reads the latent coordinates only. */
  latent: boolean
}

/** Scores of many spectra, by the name of the score. */
export type ScoreTable = Record<string, Float64Array>

export interface LearnedMap {
  id: string
  mlp: Mlp
}

/** All that depends on what counts as known: theory, gallery and maps, and how the background scores with them. */
export interface KnownWorld {
  theory: Theory
  maps: (LearnedMap & { scorer: Scorer })[]
  coefficients: Float64Array // [gallery, 17], to start fits from
  galleryMeans: Float32Array // [gallery, bins] whitened
  background: ScoreTable
  /** Noise-free means of the background's universes */
  means: Float32Array
}

/** The closed-form map that stands beside a learned one. */
const linearMap = 'PCA-2'
/** Replicas of every universe of the gallery that make up what is known on a map. */
const replicasOnMaps = 2
/** Rows between two reports: some hundredths of a second. */
const rowsPerReport = 200

const latentScoreNames: [EmpiricalScore, string][] = [
  ['mahalanobis', 'Mahalanobis'],
  ['kth-neighbour', '10th neighbour'],
  ['density', 'density'],
]

export function scoreNamesOf(
  learned: Pick<LearnedMap, 'id'> | null,
  extra: readonly ExtraScore[],
): ScoreName[] {
  return [
    { id: 'residual', label: 'residual χ²', latent: false },
    { id: 'chi2-sm', label: 'χ² to the SM', latent: false },
    { id: 'nearest-universe', label: 'χ² to the nearest known universe', latent: false },
    ...[...(learned ? [learned.id] : []), linearMap].flatMap((map) =>
      latentScoreNames.map(([id, label]) => ({
        id: `${map} ${id}`,
        label: `${map}: ${label}`,
        latent: true,
      })),
    ),
    ...extra.map(({ id, label }) => ({ id, label, latent: false })),
  ]
}

/** Gallery, maps and background of a model; yields what `advance` makes of the rows scored. */
export function* knownWorldOf(
  model: UniverseModel,
  learned: LearnedMap | null,
  options: EvaluationOptions,
  extra: readonly ExtraScore[],
  advance: (rows: number) => number,
): Generator<number, KnownWorld> {
  const { seed, order, gallery, background } = options
  const bins = model.templates.bins
  const { table, means: galleryMeans } = knownGallery(model, options)
  const replicas = noisySpectra(galleryMeans, bins, replicasOnMaps, seed)
  const pca = linearEncoder({ whitenedMeans: galleryMeans, table, manifestHash: '' }).mlp
  const maps = [...(learned ? [learned] : []), { id: linearMap, mlp: pca }].map(({ id, mlp }) => ({
    id,
    mlp,
    scorer: createScorer(bins, {
      whitened: new Float32Array(0), // scoreRows searches the gallery, once for all maps
      places: {
        dimensions: mlpOutputs(mlp),
        centres: Float64Array.from(runMlp(mlp, galleryMeans, gallery)),
        points: Float64Array.from(runMlp(mlp, replicas, replicasOnMaps * gallery)),
        classOf: Int32Array.from({ length: replicasOnMaps * gallery }, (_, row) =>
          Math.floor(row / replicasOnMaps),
        ),
      },
    }),
  }))
  const seen = operators.flatMap((_, o) => (model.prior.halfWidth[o] > 0 ? [o] : []))
  const means = backgroundMeans(model, options)
  const world = {
    theory: theoryOf(model, order, seen),
    maps,
    coefficients: table.coefficients,
    galleryMeans,
    means,
  }
  const spectra = testSpectra(means, bins, background, seed + 2)
  return { ...world, background: yield* scoreRows(world, spectra, background, extra, advance) }
}

export function* scoreRows(
  world: Omit<KnownWorld, 'background'>,
  spectra: Float32Array,
  rows: number,
  extra: readonly ExtraScore[],
  advance: (rows: number) => number,
): Generator<number, ScoreTable> {
  const { theory, maps, galleryMeans, coefficients } = world
  const bins = theory.span.bins
  const column = () => new Float64Array(rows)
  const table: ScoreTable = { residual: column(), 'chi2-sm': column(), 'nearest-universe': column() }
  for (const { id } of maps) for (const [score] of latentScoreNames) table[`${id} ${score}`] = column()
  for (const { id, score } of extra) table[id] = score(spectra, rows)
  const latents = maps.map(({ mlp }) => runMlp(mlp, spectra, rows))
  for (let row = 0; row < rows; row++) {
    const x = spectra.subarray(row * bins, (row + 1) * bins)
    const closest = nearest(galleryMeans, bins, x)
    const start = closest.row * operators.length
    table['nearest-universe'][row] = closest.square
    table.residual[row] = residualOf(theory, x, coefficients.subarray(start, start + operators.length)).chi2
    for (let b = 0; b < bins; b++) table['chi2-sm'][row] += x[b] * x[b]
    maps.forEach(({ id, mlp, scorer }, m) => {
      const d = mlpOutputs(mlp)
      const values = scorer(x, latents[m].subarray(row * d, (row + 1) * d))
      for (const [score] of latentScoreNames) table[`${id} ${score}`][row] = values[score]
    })
    if ((row + 1) % rowsPerReport === 0) yield advance(rowsPerReport)
  }
  yield advance(rows % rowsPerReport)
  return table
}
