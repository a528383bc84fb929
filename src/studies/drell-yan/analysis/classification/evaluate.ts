import { createRng } from '../../../../numerics/rng.ts'
import { rocSummary } from '../../../../statistics/anomaly/roc.ts'
import {
  calibrateConformal,
  conformalReport,
  type ConformalReport,
} from '../../../../statistics/classification/conformal.ts'
import type { Predictions } from '../../../../statistics/classification/predictions.ts'
import { reliability, type Reliability } from '../../../../statistics/classification/reliability.ts'
import { riskCoverage, type RiskCoverage } from '../../../../statistics/classification/risk-coverage.ts'
import {
  accuracy,
  brierScore,
  meanKl,
  negativeLogLikelihood,
} from '../../../../statistics/classification/scores.ts'
import { scaledPredictions } from '../../../../statistics/classification/temperature.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { heldOutUniverses } from '../encoder-limits.ts'
import { universeSpectra, type UniverseModel } from '../universes.ts'
import { whitenSpectra } from '../whitening.ts'
import { calibrate, type Calibration } from './calibrate.ts'
import type { EvaluateOptions } from './class-setup.ts'
import { addNoise } from './class-batches.ts'
import { createPredictor, type ClassifierNetworks } from './classifier.ts'
import type { Gallery } from './gallery.ts'
import { createOutsideSource, outsideKinds, type OutsideKind } from './outside-universes.ts'
import { classReplicas, bayesPredictions, replicaStreams } from './replicas-of-classes.ts'

/** One set of probabilities against the truth. */
export interface ClassScores {
  name: 'learned' | 'temperature-scaled' | 'Bayes'
  accuracy: Estimate
  nll: Estimate
  brier: Estimate
  /** KL(Bayes || this) [nats per spectrum]. */
  kl: Estimate
  reliability: Reliability
  riskCoverage: RiskCoverage
  sets: { lac: ConformalReport; aps: ConformalReport }
}

/** How well "none of these" is told from the classes. */
export interface NoneScores {
  kind: 'held-out universes' | OutsideKind
  spectra: number
  /** By the classifier's own score. */
  learned: { auroc: Estimate; caught: Estimate }
  /** By the distance to the nearest class, the classical goodness-of-fit test. */
  chi2: { auroc: Estimate; caught: Estimate }
}

export interface ClassReport {
  classes: number
  rows: number
  coverage: number
  falseAlarms: number
  scores: ClassScores[] // learned, temperature-scaled, Bayes
  none: NoneScores[]
}

/**
 * Calibrates networks and scores them beside the Bayes posterior, on replicas of the classes that no training saw, and
 * on spectra of universes that are none of the classes. Yields the fraction done.
 */
export function* evaluateClassifier(
  model: UniverseModel,
  gallery: Gallery,
  networks: ClassifierNetworks,
  options: EvaluateOptions,
): Generator<number, { calibration: Calibration; report: ClassReport }> {
  const { seed, coverage } = options
  const bins = model.templates.bins
  const predictor = createPredictor(networks, bins)
  const uniforms = () => {
    const rng = createRng(seed).split('class-sets')
    return () => rng.uniform()
  }
  const drawn = {
    calibration: classReplicas(gallery, options.calibrationReplicas, seed, replicaStreams.calibration),
    test: classReplicas(gallery, options.testReplicas, seed, replicaStreams.test),
  }
  yield 0.05
  const learnedAtRest = predictor.many(drawn.calibration.x, drawn.calibration.labels)
  const calibration = calibrate(learnedAtRest.predictions, learnedAtRest.noneScores, coverage, uniforms())
  yield 0.25
  const learned = predictor.many(drawn.test.x, drawn.test.labels)
  yield 0.45
  const bayesAtRest = bayesPredictions(gallery, drawn.calibration).predictions
  const bayes = bayesPredictions(gallery, drawn.test)
  yield 0.6

  const { temperature } = calibration
  const scores = [
    scoresOf(
      'learned',
      learned.predictions,
      learnedAtRest.predictions,
      bayes.predictions,
      coverage,
      uniforms(),
    ),
    scoresOf(
      'temperature-scaled',
      scaledPredictions(learned.predictions, temperature),
      scaledPredictions(learnedAtRest.predictions, temperature),
      bayes.predictions,
      coverage,
      uniforms(),
    ),
    scoresOf('Bayes', bayes.predictions, bayesAtRest, bayes.predictions, coverage, uniforms()),
  ]
  yield 0.8

  const none: NoneScores[] = []
  const { falseAlarms } = calibration.none
  for (const kind of ['held-out universes', ...outsideKinds] as const) {
    const x = noneSpectra(model, kind, options)
    const labels = new Int32Array(options.noneSpectra)
    const chi2 = bayesPredictions(gallery, { x, labels }).nearestChi2
    const against = (background: Float64Array, anomalous: Float64Array) => {
      const { auroc, truePositives } = rocSummary(background, anomalous, [falseAlarms])
      return { auroc, caught: truePositives[0].rate }
    }
    none.push({
      kind,
      spectra: options.noneSpectra,
      learned: against(learned.noneScores, predictor.many(x, labels).noneScores),
      chi2: against(bayes.nearestChi2, chi2),
    })
    yield 0.8 + 0.04 * none.length
  }
  return {
    calibration,
    report: {
      classes: gallery.universes.length,
      rows: drawn.test.labels.length,
      coverage,
      falseAlarms,
      scores,
      none,
    },
  }
}

function scoresOf(
  name: ClassScores['name'],
  test: Predictions,
  atRest: Predictions,
  bayes: Predictions,
  coverage: number,
  uniform: () => number,
): ClassScores {
  return {
    name,
    accuracy: accuracy(test),
    nll: negativeLogLikelihood(test),
    brier: brierScore(test),
    kl: meanKl(bayes, test),
    reliability: reliability(test),
    riskCoverage: riskCoverage(test),
    sets: {
      lac: conformalReport(calibrateConformal('lac', atRest, coverage), test),
      aps: conformalReport(calibrateConformal('aps', atRest, coverage, uniform), test, uniform),
    },
  }
}

/** Noisy spectra of one kind, each of its own universe: [noneSpectra, bins] whitened. */
function noneSpectra(
  model: UniverseModel,
  kind: NoneScores['kind'],
  { order, seed, noneSpectra: count }: EvaluateOptions,
): Float32Array {
  const bins = model.templates.bins
  const rng = createRng(seed).split(replicaStreams.none).split(kind)
  const out = new Float32Array(count * bins)
  const row = (i: number) => out.subarray(i * bins, (i + 1) * bins)
  if (kind === 'held-out universes') {
    const table = heldOutUniverses(model, count, seed, order)
    const means = whitenSpectra(model.whitening, universeSpectra(model.templates, table, order), count)
    for (let i = 0; i < count; i++) addNoise(means, i, bins, rng, row(i))
    return out
  }
  const source = createOutsideSource(model, order)
  for (let i = 0; i < count; i++) addNoise(source.draw(kind, rng), 0, bins, rng, row(i))
  return out
}
