import { AppError } from '../../../../errors.ts'
import type { UniverseModel } from '../universes.ts'
import { rocSummary, type RocSummary } from '../../../../statistics/anomaly/roc.ts'
import { limitsOf, type ClassLimits } from './closed-form-limits.ts'
import { perUniverse, type EvaluationOptions } from './evaluation-options.ts'
import {
  knownWorldOf,
  scoreNamesOf,
  scoreRows,
  type ExtraScore,
  type KnownWorld,
  type LearnedMap,
  type ScoreName,
} from './score-table.ts'
import { falseAlarmRates } from './spectrum-scores.ts'
import { anomalyClasses, withoutFamily, type AnomalyClass } from './test-classes.ts'
import { anomalousMeans, testSpectra } from './test-spectra.ts'
import { theoryOf } from './theory.ts'

export interface ClassEvaluation extends ClassLimits {
  id: string
  label: string
  meaning: string
  spectra: number
  scores: Record<string, RocSummary>
}

export interface AnomalyEvaluation {
  options: EvaluationOptions
  rank: number
  bins: number
  scores: ScoreName[]
  classes: ClassEvaluation[]
}

/**
 * Every score on every class of anomalies, beside what closed forms allow. Background and anomalies are replicas of
 * universes that neither encoder nor gallery has seen. Yields the fraction done.
 *
 * @throws AppError 'input/invalid' for a class that there is not
 */
export function* evaluateAnomalies(
  model: UniverseModel,
  learned: LearnedMap | null,
  options: EvaluationOptions,
  extra: readonly ExtraScore[] = [],
): Generator<number, AnomalyEvaluation> {
  const wanted = wantedClasses(model, options.classes)
  const worlds = new Map<string, KnownWorld>()
  const worldOf = ({ anomaly }: WantedClass) => (anomaly.kind === 'unseen' ? anomaly.family : 'all operators')
  const scoreNames = scoreNamesOf(learned, extra)
  const bins = model.templates.bins
  const rows = options.anomalies
  const work = wanted.length * rows + options.background * new Set(wanted.map(worldOf)).size
  let done = 0
  const advance = (scored: number) => (done += scored) / work

  const classes: ClassEvaluation[] = []
  for (const entry of wanted) {
    const { anomaly, index } = entry
    let world = worlds.get(worldOf(entry))
    if (!world) {
      const known = anomaly.kind === 'unseen' ? withoutFamily(model, anomaly.family) : model
      world = yield* knownWorldOf(known, learned, options, extra, advance)
      worlds.set(worldOf(entry), world)
    }
    const { background } = world
    const means = anomalousMeans(model, anomaly, options, index)
    const spectra = testSpectra(means, bins, rows, options.seed + 1000 + index)
    const table = yield* scoreRows(world, spectra, rows, extra, advance)
    classes.push({
      id: anomaly.id,
      label: anomaly.label,
      meaning: anomaly.meaning,
      spectra: rows,
      ...limitsOf(model, world, anomaly, means, options),
      scores: Object.fromEntries(
        scoreNames.map(({ id }) => [id, rocSummary(background[id], table[id], falseAlarmRates, perUniverse)]),
      ),
    })
  }
  const { span } = theoryOf(model, 'linear')
  return { options, rank: span.rank, bins: span.bins, scores: scoreNames, classes }
}

/** A class, and its number among all: spectra of a class are the same whatever others are asked for. */
interface WantedClass {
  anomaly: AnomalyClass
  index: number
}

function wantedClasses(model: UniverseModel, ids: readonly string[] | undefined): WantedClass[] {
  const all = anomalyClasses(model).map((anomaly, index) => ({ anomaly, index }))
  const unknown = ids?.find((id) => !all.some(({ anomaly }) => anomaly.id === id))
  if (unknown !== undefined)
    throw new AppError(
      'input/invalid',
      `There is no class of anomalies "${unknown}"; known: ${all.map(({ anomaly }) => anomaly.id).join(', ')}.`,
      { class: unknown },
    )
  return ids ? all.filter(({ anomaly }) => ids.includes(anomaly.id)) : all
}
