import type { Recorded } from '../../core/recorded.ts'
import { drain } from '../../numerics/drain.ts'
import { evaluationDefaults } from './analysis/anomaly/evaluation-options.ts'
import { evaluateAnomalies } from './analysis/anomaly/evaluate.ts'
import { knownUniverses, positiveUniverses } from './analysis/anomaly/known-universes.ts'
import { priorNetworkScore } from './analysis/anomaly/prior-network-score.ts'
import { defaultEvaluation } from './analysis/classification/class-setup.ts'
import type { Classifier } from './analysis/classification/classifier.ts'
import { evaluateClassifier } from './analysis/classification/evaluate.ts'
import { gallery } from './analysis/classification/gallery.ts'
import { closedFormEncoder } from './analysis/compare/closed-form-maps.ts'
import { compareEncoders } from './analysis/compare/compare-encoders.ts'
import type { DatasetHeader, LoadedEncoder } from './analysis/dataset-types.ts'
import { encoderLimits } from './analysis/encoder-limits.ts'
import { evaluateRetrieval, retrievalDefaults } from './analysis/retrieval/evaluate.ts'
import { drellYanDefaults } from './default-intent.ts'
import { writeRecordedAnswers } from './recorded-answers.ts'
import { pageSample, retrievalGallery } from './state/anomaly-actions.ts'
import { limitSample } from './state/limit-actions.ts'
import { drellYanProductVersion } from './state/products.ts'
import { classifierKey } from './state/wanted-classifier.ts'

/** What the page opens with. */
interface Opened {
  header: DatasetHeader
  encoder: LoadedEncoder
  classifier: Classifier
}

/** The text of what Interpret, Train and Compare begin with: what their buttons would make of the same. */
export function recordAnswers(
  { header, encoder, classifier }: Opened,
  stamp: Recorded,
  log: (line: string) => void,
): string {
  const { universeModel: model, manifest, manifestHash } = header
  const { order } = manifest
  const learned = { id: encoder.id, mlp: encoder.mlp }
  const made = { encoder: encoder.id, encoderHash: encoder.hash, manifestHash }
  const told = <T>(name: string, loop: Generator<unknown, T>): T => {
    log(name)
    return drain(loop)
  }
  const { classifier: settings, compare, neighbourCount, panels } = drellYanDefaults
  const classes = gallery(header, [...classifier.universes])
  const maps = compare.maps.map((id) => {
    const map = id === encoder.id ? encoder : closedFormEncoder(header, id)
    if (!map) throw new Error(`${id} is neither the encoder nor a closed form`)
    return { id, mlp: map.mlp }
  })
  const evaluation = told(
    'scores of anomalies',
    evaluateAnomalies(model, learned, { ...evaluationDefaults, ...pageSample[order], order }, [
      priorNetworkScore(classifier, model.templates.bins),
    ]),
  )
  const retrieval = told(
    'scores of retrieval',
    evaluateRetrieval(model, retrievalGallery(header), learned, {
      ...{ ...retrievalDefaults, query: panels.retrievalQuery, order },
    }),
  )
  const { table, whitenedMeans } = header
  const { calibration } = told(
    'scores of known spectra',
    knownUniverses(model, encoder.mlp, whitenedMeans, positiveUniverses(table.flags, order), order),
  )
  const limits = told('limits', encoderLimits(model, encoder.mlp, { ...limitSample, order }))
  const { report } = told(
    'scores of the classifier',
    evaluateClassifier(model, classes, classifier, { ...defaultEvaluation, order }),
  )
  const compared = told(
    'maps side by side',
    compareEncoders({ header, order, maps, neighbours: neighbourCount }),
  )
  return writeRecordedAnswers({
    ...{ ...stamp, version: drellYanProductVersion },
    ...{ evaluation: { ...evaluation, ...made }, retrieval: { ...retrieval, ...made } },
    ...{ limits: { ...limits, ...made }, known: { calibration, ...made } },
    classes: { ...report, key: classifierKey({ header, encoder }, settings) },
    comparison: { ...made, ids: compare.maps, compared },
  })
}
