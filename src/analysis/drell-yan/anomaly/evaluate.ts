import { runMlp, mlpOutputs, type Mlp } from '../../../ml/mlp.ts'
import { createRng } from '../../../numerics/rng.ts'
import type { EftOrder } from '../../../physics/drell-yan/spectrum-templates.ts'
import { operators } from '../../../physics/smeft/operators.ts'
import { chi2Quantile, noncentralChi2Survival } from '../../../statistics/anomaly/noncentral-chi2.ts'
import { populationTest } from '../../../statistics/anomaly/population-test.ts'
import { rocSummary, type RocSummary } from '../../../statistics/anomaly/roc.ts'
import { splitBySpan, templateSpan, type SpanParts } from '../../../statistics/anomaly/template-span.ts'
import { normalCdf } from '../../../statistics/special.ts'
import { heldOutUniverses } from '../encoder-limits.ts'
import { linearEncoder } from '../linear-encoder.ts'
import { universeSpectra, type UniverseModel, type UniverseTable } from '../universes.ts'
import { whitenSpectra } from '../whitening.ts'
import { noisySpectra } from './known-universes.ts'
import { createScorer, nearest, type EmpiricalScore, type Scorer } from './scorer.ts'
import { whitenedExcess } from './shapes.ts'
import { falseAlarmRates } from './spectrum-scores.ts'
import { anomalyClasses, withoutFamily, withWiderPrior, type AnomalyClass } from './test-classes.ts'
import { residualOf, theoryOf, type Theory } from './theory.ts'

/** Any function of a whitened spectrum that grows with strangeness, e.g. the knowledge uncertainty of a classifier. */
export interface ExtraScore {
  id: string
  label: string
  /** @returns one score per row */
  score(whitened: Float32Array, rows: number): Float64Array
}

export interface EvaluationOptions {
  seed: number
  order: EftOrder
  /** Universes that "known" is made of. */
  gallery: number
  /** Spectra without and, per class, with an anomaly. */
  background: number
  anomalies: number
  /** Ids of the classes wanted; all by default. */
  classes?: string[]
}

export const evaluationDefaults = { seed: 920_001, gallery: 1000, background: 10_000, anomalies: 2000 }

export interface ScoreName {
  id: string
  label: string
  /** Reads the latent coordinates only. */
  latent: boolean
}

export interface ClassEvaluation {
  id: string
  label: string
  meaning: string
  spectra: number
  /** Root mean square lengths of what sets the anomalies apart, within the templates' span and outside */
  inside: number
  outside: number
  scores: Record<string, RocSummary>
  /** Somebody who knows both populations; see populationTest. */
  population: RocSummary
  /** Closed form, per false-alarm rate */
  power: {
    falseAlarms: number
    /** Residual chi2, shape unknown: Q_{(n-r)/2} */
    residual: number
    /** Shape known, coefficients free: Phi(d - z). Only for classes of one shape. */
    matchedFilter: number | null
  }[]
}

export interface AnomalyEvaluation {
  options: EvaluationOptions
  rank: number
  bins: number
  scores: ScoreName[]
  classes: ClassEvaluation[]
}

/** Replicas that share a universe, among test spectra. */
const perUniverse = 4

interface Encoder {
  id: string
  label: string
  mlp: Mlp
  scorer: Scorer
}

/** Everything that depends on what counts as known. */
interface Setting {
  model: UniverseModel
  theory: Theory
  encoders: Encoder[]
  coefficients: Float64Array
  galleryMeans: Float32Array
  background: ScoreTable
  /** Noise-free means of the background's universes */
  means: Float32Array
}

type ScoreTable = Record<string, Float64Array>

/**
 * Every score on every class of anomalies, beside what closed forms allow. Background and anomalies are replicas of
 * universes that neither encoder nor gallery has seen. Yields the fraction done.
 */
export function* evaluateAnomalies(
  model: UniverseModel,
  learned: { id: string; mlp: Mlp } | null,
  options: EvaluationOptions,
  extra: readonly ExtraScore[] = [],
): Generator<number, AnomalyEvaluation> {
  const classes = anomalyClasses(model).filter(({ id }) => options.classes?.includes(id) ?? true)
  const settings = new Map<string, Setting>()
  const results: ClassEvaluation[] = []
  const scoreNames = namesOf(learned, extra)
  let fraction = 0
  const work = classes.length * options.anomalies + options.background * (1 + unseenOf(classes).size)
  const advance = (rows: number) => (fraction += rows / work)

  for (const [index, anomaly] of classes.entries()) {
    const known = anomaly.kind === 'unseen' ? anomaly.family : ''
    let setting = settings.get(known)
    if (!setting) {
      setting = yield* settingOf(
        anomaly.kind === 'unseen' ? withoutFamily(model, anomaly.family) : model,
        learned,
        options,
        extra,
        advance,
      )
      settings.set(known, setting)
    }
    const means = anomalousMeans(model, anomaly, options, index)
    const bins = model.templates.sm.length
    const rows = options.anomalies
    const spectra = noisySpectra(means, bins, perUniverse, options.seed + 1000 + index).subarray(
      0,
      rows * bins,
    )
    const table = yield* scoreRows(setting, spectra, rows, extra, advance)
    results.push({
      id: anomaly.id,
      label: anomaly.label,
      meaning: anomaly.meaning,
      spectra: rows,
      ...limitsOf(model, setting, anomaly, means, options),
      scores: Object.fromEntries(
        scoreNames.map(({ id }) => [id, rocSummary(setting.background[id], table[id], falseAlarmRates)]),
      ),
    })
  }
  const { span } = theoryOf(model, 'linear')
  return { options, rank: span.rank, bins: span.bins, scores: scoreNames, classes: results }
}

const latentScoreNames: [EmpiricalScore, string][] = [
  ['mahalanobis', 'Mahalanobis'],
  ['kth-neighbour', '10th neighbour'],
  ['density', 'density'],
]

function namesOf(learned: { id: string } | null, extra: readonly ExtraScore[]): ScoreName[] {
  return [
    { id: 'residual', label: 'residual χ²', latent: false },
    { id: 'chi2-sm', label: 'χ² to the SM', latent: false },
    { id: 'nearest-universe', label: 'χ² to the nearest known universe', latent: false },
    ...[...(learned ? [learned.id] : []), 'PCA-2'].flatMap((encoder) =>
      latentScoreNames.map(([id, label]) => ({
        id: `${encoder} ${id}`,
        label: `${encoder}: ${label}`,
        latent: true,
      })),
    ),
    ...extra.map(({ id, label }) => ({ id, label, latent: false })),
  ]
}

const unseenOf = (classes: readonly AnomalyClass[]): Set<string> =>
  new Set(classes.flatMap((anomaly) => (anomaly.kind === 'unseen' ? [anomaly.family] : [])))

function whitenedMeansOf(model: UniverseModel, table: UniverseTable, order: EftOrder): Float32Array {
  return whitenSpectra(model.whitening, universeSpectra(model.templates, table, order), table.count)
}

function* settingOf(
  model: UniverseModel,
  learned: { id: string; mlp: Mlp } | null,
  options: EvaluationOptions,
  extra: readonly ExtraScore[],
  advance: (rows: number) => number,
): Generator<number, Setting> {
  const { seed, order, gallery, background } = options
  const bins = model.templates.sm.length
  const table = heldOutUniverses(model, gallery, seed, order)
  const galleryMeans = whitenedMeansOf(model, table, order)
  const replicas = noisySpectra(galleryMeans, bins, 2, seed)
  const pca = linearEncoder({ whitenedMeans: galleryMeans, table, manifestHash: '' }).mlp
  const encoders = [...(learned ? [learned] : []), { id: 'PCA-2', mlp: pca }].map(({ id, mlp }): Encoder => ({
    id,
    label: id,
    mlp,
    scorer: createScorer(bins, {
      whitened: new Float32Array(0), // the gallery is searched once, below
      places: {
        dimensions: mlpOutputs(mlp),
        centres: Float64Array.from(runMlp(mlp, galleryMeans, gallery)),
        points: Float64Array.from(runMlp(mlp, replicas, 2 * gallery)),
        classOf: Int32Array.from({ length: 2 * gallery }, (_, row) => row >> 1),
      },
    }),
  }))
  const seen = operators.flatMap((_, o) => (model.prior.halfWidth[o] > 0 ? [o] : []))
  const universes = Math.ceil(background / perUniverse)
  const means = whitenedMeansOf(model, heldOutUniverses(model, universes, seed + 1, order), order)
  const setting: Setting = {
    model,
    theory: theoryOf(model, order, seen),
    encoders,
    coefficients: table.coefficients,
    galleryMeans,
    background: {},
    means,
  }
  const spectra = noisySpectra(means, bins, perUniverse, seed + 2).subarray(0, background * bins)
  setting.background = yield* scoreRows(setting, spectra, background, extra, advance)
  return setting
}

function* scoreRows(
  setting: Setting,
  spectra: Float32Array,
  rows: number,
  extra: readonly ExtraScore[],
  advance: (rows: number) => number,
): Generator<number, ScoreTable> {
  const { theory, encoders, galleryMeans, coefficients } = setting
  const bins = theory.span.bins
  const column = () => new Float64Array(rows)
  const table: ScoreTable = { residual: column(), 'chi2-sm': column(), 'nearest-universe': column() }
  for (const { id } of encoders) for (const [score] of latentScoreNames) table[`${id} ${score}`] = column()
  for (const { id, score } of extra) table[id] = score(spectra, rows)
  const latents = encoders.map(({ mlp }) => runMlp(mlp, spectra, rows))
  for (let row = 0; row < rows; row++) {
    const x = spectra.subarray(row * bins, (row + 1) * bins)
    const closest = nearest(galleryMeans, bins, x)
    const start = closest.row * operators.length
    table['nearest-universe'][row] = closest.square
    table.residual[row] = residualOf(theory, x, coefficients.subarray(start, start + operators.length)).chi2
    for (let b = 0; b < bins; b++) table['chi2-sm'][row] += x[b] * x[b]
    encoders.forEach(({ id, mlp, scorer }, e) => {
      const d = mlpOutputs(mlp)
      const values = scorer(x, latents[e].subarray(row * d, (row + 1) * d))
      for (const [score] of latentScoreNames) table[`${id} ${score}`][row] = values[score]
    })
    if (row % 200 === 199) yield advance(200)
  }
  yield advance(rows % 200)
  return table
}

/** Means of the universes from which the anomalies of a class are replicas. @returns [universes, bins] whitened */
function anomalousMeans(
  model: UniverseModel,
  anomaly: AnomalyClass,
  { seed, order, anomalies }: EvaluationOptions,
  index: number,
): Float32Array {
  const universes = Math.ceil(anomalies / perUniverse)
  const from = anomaly.kind === 'outside' ? withWiderPrior(model, anomaly.factor) : model
  const table = heldOutUniverses(from, universes, seed + 100 + index, order)
  const means = whitenedMeansOf(model, table, order)
  if (anomaly.kind === 'shape') {
    const excess = whitenedExcess(model, anomaly.shape)
    for (let i = 0; i < means.length; i++) means[i] += excess[i % excess.length]
  }
  return means
}

/** Noise draws per mean of the two populations: their limit is then better known than the scores. */
const populationDraws = 10

function limitsOf(
  model: UniverseModel,
  { theory, means: known }: Setting,
  anomaly: AnomalyClass,
  strange: Float32Array,
  { seed, order }: EvaluationOptions,
): Pick<ClassEvaluation, 'inside' | 'outside' | 'population' | 'power'> {
  const { span } = theory
  const bins = span.bins
  const degrees = bins - span.rank
  // What sets a class of one shape apart is that shape; else it is all of each spectrum.
  const excess = anomaly.kind === 'shape' ? whitenedExcess(model, anomaly.shape) : null
  const parts = excess
    ? [splitBySpan(span, excess)]
    : Array.from({ length: strange.length / bins }, (_, u) =>
        splitBySpan(span, strange.subarray(u * bins, (u + 1) * bins)),
      )
  const average = (of: (part: SpanParts) => number) =>
    parts.reduce((sum, part) => sum + of(part), 0) / parts.length
  const axes = axesOfMeans(model, excess, order)
  const dimensions = axes.length / bins
  const population = populationTest(
    coordinates(axes, known, bins),
    coordinates(axes, strange, bins),
    dimensions,
    populationDraws,
    falseAlarmRates,
    createRng(seed).split('population').split(anomaly.id),
  )
  return {
    inside: Math.sqrt(average(({ inside }) => inside)),
    outside: Math.sqrt(average(({ outside }) => outside)),
    population,
    power: falseAlarmRates.map((falseAlarms) => {
      const cut = chi2Quantile(falseAlarms, degrees)
      return {
        falseAlarms,
        residual: average(({ outside }) => noncentralChi2Survival(cut, degrees, outside)),
        // z of a one-sided tail is the root of the two-sided quantile of one degree at twice the tail.
        matchedFilter: excess
          ? normalCdf(Math.sqrt(parts[0].outside) - Math.sqrt(chi2Quantile(2 * falseAlarms, 1)))
          : null,
      }
    }),
  }
}

/** Orthonormal axes of the smallest space that holds all means of linear theory and the shape; [axes, bins]. */
function axesOfMeans(model: UniverseModel, excess: Float64Array | null, order: EftOrder): Float64Array {
  const bins = model.templates.sm.length
  if (order === 'quadratic')
    return Float64Array.from({ length: bins * bins }, (_, i) => (i % (bins + 1) === 0 ? 1 : 0))
  const { basis, rank } = theoryOf(model, 'linear').span
  const rows = new Float64Array((rank + 1) * bins)
  rows.set(basis)
  if (excess) rows.set(excess, rank * bins)
  return templateSpan(rows, rank + 1, bins).basis
}

function coordinates(axes: Float64Array, rows: Float32Array, bins: number): Float64Array {
  const d = axes.length / bins
  const out = new Float64Array((rows.length / bins) * d)
  for (let i = 0; i < out.length; i++) {
    const row = Math.floor(i / d) * bins
    const axis = (i % d) * bins
    for (let b = 0; b < bins; b++) out[i] += axes[axis + b] * rows[row + b]
  }
  return out
}
