import { finish } from '../analysis/corpus.ts'
import { evaluateAnomalies } from '../analysis/anomaly/evaluate.ts'
import { evaluationDefaults } from '../analysis/anomaly/evaluation-options.ts'
import { knownUniverses, positiveUniverses } from '../analysis/anomaly/known-universes.ts'
import { priorNetworkScore } from '../analysis/anomaly/prior-network-score.ts'
import type { ExtraScore } from '../analysis/anomaly/score-table.ts'
import { createScorer } from '../analysis/anomaly/scorer.ts'
import { scoreSpectrum } from '../analysis/anomaly/spectrum-scores.ts'
import { theoryOf } from '../analysis/anomaly/theory.ts'
import { whitenSpectra } from '../analysis/whitening.ts'
import type { DatasetHeader, LoadedEncoder } from '../analysis/dataset-types.ts'
import { runMlp } from '../../../ml/mlp.ts'
import { defineCommand } from '../../../cli/command.ts'
import { datasetOption, modelOption } from '../../../cli/folder-options.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { openShippedClassifier } from './open-classifier.ts'
import { defaultModelOf, openDatasetFolder, openModelFolder } from './open-files.ts'
import { drawnShapes, shapeOptions, withShapes } from './shape-option.ts'
import { readSpectrum, spectrumOptions } from './spectrum-option.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import type { OptionValues } from '../../../cli/options/option-values.ts'

const anomalyOptions = {
  data: datasetOption,
  model: { ...modelOption, help: `${modelOption.help}; by default the one of the dataset` },
  ...spectrumOptions,
  ...shapeOptions,
  evaluate: { kind: 'flag', help: 'AUROC and true-positive rates of every score, beside the limits' },
  classes: {
    kind: 'words',
    most: 1000,
    help: 'comma-separated test classes to evaluate; all by default',
  },
  background: {
    kind: 'number',
    ...countRange(100, 200_000),
    default: String(evaluationDefaults.background),
    help: 'background spectra of --evaluate',
  },
  anomalies: {
    kind: 'number',
    ...countRange(100, 200_000),
    default: String(evaluationDefaults.anomalies),
    help: 'anomalous spectra per class',
  },
  seed: {
    kind: 'number',
    ...seedRange,
    default: String(evaluationDefaults.seed),
    help: 'of --evaluate',
  },
} as const satisfies OptionTable

type AnomalyOptions = OptionValues<typeof anomalyOptions>

export const anomalyCommand = defineCommand({
  summary:
    'is a spectrum any universe at all: scores with p-values; --evaluate: all scores on all test classes',
  options: anomalyOptions,
  run: async (options, log) => {
    const header = await openDatasetFolder(options.data)
    const encoder = await openModelFolder(options.model ?? defaultModelOf(header), header, log)
    return options.evaluate ? evaluate(options, header, encoder, log) : score(options, header, encoder)
  },
})

async function evaluate(
  options: AnomalyOptions,
  header: DatasetHeader,
  encoder: LoadedEncoder,
  log: (line: string) => void,
) {
  const { order } = header.manifest
  let told = 0
  const { classes, scores, ...rest } = finish(
    evaluateAnomalies(
      header.universeModel,
      { id: encoder.id, mlp: encoder.mlp },
      {
        seed: options.seed,
        order,
        gallery: evaluationDefaults.gallery,
        background: options.background,
        anomalies: options.anomalies,
        classes: options.classes,
      },
      await knowledgeOf(header),
    ),
    (fraction) => {
      if (fraction < told + 0.1) return
      told = fraction
      log(`${Math.round(100 * fraction)} %`)
    },
  )
  // Curves are for plots.
  const short = ({ auroc, truePositives }: (typeof classes)[number]['population']) => ({
    auroc,
    truePositives,
  })
  return {
    ...{ data: header.manifest.id, model: encoder.id, ...rest, scores },
    classes: classes.map((result) => ({
      ...result,
      population: short(result.population),
      scores: Object.fromEntries(Object.entries(result.scores).map(([id, roc]) => [id, short(roc)])),
    })),
  }
}

/** Knowledge uncertainty of the shipped Dirichlet prior network, for datasets that have one. */
async function knowledgeOf(header: DatasetHeader): Promise<ExtraScore[]> {
  const classifier = await openShippedClassifier('dpn', header)
  return classifier ? [priorNetworkScore(classifier, header.universeModel.templates.bins)] : []
}

async function score(options: AnomalyOptions, header: DatasetHeader, encoder: LoadedEncoder) {
  const { universeModel: model, table, whitenedMeans, manifest } = header
  const { order } = manifest
  const subject = await readSpectrum(options, header, order)
  const shapes = drawnShapes(options)
  const spectrum = withShapes(model, shapes, subject.spectrum)
  const known = finish(
    knownUniverses(model, encoder.mlp, whitenedMeans, positiveUniverses(table.flags, order), order),
  )
  const whitened = whitenSpectra(model.whitening, spectrum, 1)
  const latent = runMlp(encoder.mlp, whitened, 1)
  const { residual, ...scores } = scoreSpectrum(
    {
      theory: theoryOf(model, order),
      known,
      scorer: createScorer(whitened.length, known),
      coefficients: table.coefficients,
    },
    whitened,
    latent,
    { noisy: subject.noisy },
  )
  const { chi2, degreesOfFreedom, pValue, closedForm } = residual
  return {
    data: manifest.id,
    model: encoder.id,
    subject: subject.title,
    shapes,
    noise: subject.noisy ? 'in the spectrum' : 'none: chi2 are those of the average replica',
    latent: Array.from(latent),
    residual: { chi2, degreesOfFreedom, pValue, exact: closedForm },
    ...scores,
  }
}
