import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadClassifier } from '../../analysis/load-classifier.ts'
import { finish } from '../../analysis/drell-yan/corpus.ts'
import { evaluateAnomalies } from '../../analysis/drell-yan/anomaly/evaluate.ts'
import { evaluationDefaults } from '../../analysis/drell-yan/anomaly/evaluation-options.ts'
import { knownUniverses, positiveUniverses } from '../../analysis/drell-yan/anomaly/known-universes.ts'
import { priorNetworkScore } from '../../analysis/drell-yan/anomaly/prior-network-score.ts'
import type { ExtraScore } from '../../analysis/drell-yan/anomaly/score-table.ts'
import { createScorer } from '../../analysis/drell-yan/anomaly/scorer.ts'
import { shapeExcess, type ShapeChoice } from '../../analysis/drell-yan/anomaly/shapes.ts'
import { scoreSpectrum } from '../../analysis/drell-yan/anomaly/spectrum-scores.ts'
import { theoryOf } from '../../analysis/drell-yan/anomaly/theory.ts'
import { whitenSpectra } from '../../analysis/drell-yan/whitening.ts'
import type { DatasetHeader, LoadedEncoder } from '../../analysis/job-map.ts'
import { AppError } from '../../errors.ts'
import { runMlp } from '../../ml/mlp.ts'
import { numberOption, numbersOption, required } from '../arguments.ts'
import type { Command } from '../command.ts'
import { classifierFolder, fileFetch } from '../files.ts'
import { defaultModelOf, openDatasetFolder, openModelFolder } from '../open-files.ts'
import { readSpectrum, spectrumOptions } from '../spectrum-option.ts'

export const anomalyCommand: Command = {
  summary:
    'is a spectrum any universe at all: scores with p-values; --evaluate: all scores on all test classes',
  options: {
    data: { default: 'dy-nc-13tev', help: 'shipped dataset id, or a folder with manifest.json' },
    model: { help: 'shipped model id, or a folder with card.json; by default the one of the dataset' },
    ...spectrumOptions,
    resonance: { help: 'mass,width,strength in GeV, GeV and units of the SM: drawn on the spectrum' },
    kink: { help: 'mass,slope change: drawn on the spectrum' },
    slope: { help: 'exponent: drawn on the spectrum' },
    evaluate: { flag: true, help: 'AUROC and true-positive rates of every score, beside the limits' },
    classes: { help: 'comma-separated test classes to evaluate; all by default' },
    background: { default: String(evaluationDefaults.background), help: 'background spectra of --evaluate' },
    anomalies: { default: String(evaluationDefaults.anomalies), help: 'anomalous spectra per class' },
    seed: { default: String(evaluationDefaults.seed), help: 'seed of --evaluate' },
  },
  run: async (options, log) => {
    const header = await openDatasetFolder(required(options, 'data'))
    const encoder = await openModelFolder(options.model ?? defaultModelOf(header), header)
    return options.evaluate ? evaluate(options, header, encoder, log) : score(options, header, encoder)
  },
}

async function evaluate(
  options: Record<string, string | undefined>,
  header: DatasetHeader,
  encoder: LoadedEncoder,
  log: (line: string) => void,
) {
  const { order } = header.manifest
  let told = 0
  const { classes, scores, ...rest } = finish(
    evaluateAnomalies(
      header.model,
      { id: encoder.id, mlp: encoder.mlp },
      {
        seed: numberOption(options, 'seed'),
        order,
        gallery: evaluationDefaults.gallery,
        background: numberOption(options, 'background'),
        anomalies: numberOption(options, 'anomalies'),
        classes: options.classes?.split(','),
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
  const { manifest, model } = header
  const id = `${manifest.id}-dpn`
  const folder = join(classifierFolder, id)
  if (!existsSync(join(folder, 'card.json'))) return []
  const url = (name: string) => pathToFileURL(join(folder, name)).href
  const { classifier } = await loadClassifier(
    { id, cardUrl: url('card.json'), weightsUrl: url('weights.bin') },
    header,
    { fetch: fileFetch },
  )
  return [priorNetworkScore(classifier, model.templates.sm.length)]
}

async function score(
  options: Record<string, string | undefined>,
  header: DatasetHeader,
  encoder: LoadedEncoder,
) {
  const { model, table, whitenedMeans, manifest } = header
  const { order } = manifest
  const subject = await readSpectrum(options, header, order)
  const shapes = drawnShapes(options)
  const spectrum = Float64Array.from(subject.spectrum)
  for (const shape of shapes) shapeExcess(model, shape).forEach((excess, b) => (spectrum[b] += excess))
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
  const { chi2, degreesOfFreedom, pValue, exact } = residual
  return {
    data: manifest.id,
    model: encoder.id,
    subject: subject.title,
    shapes,
    noise: subject.noisy ? 'in the spectrum' : 'none: chi2 are those of the average replica',
    latent: Array.from(latent),
    residual: { chi2, degreesOfFreedom, pValue, exact },
    ...scores,
  }
}

function drawnShapes(options: Record<string, string | undefined>): ShapeChoice[] {
  const numbers = (name: string, count: number): number[] | null => {
    if (options[name] === undefined) return null
    const values = numbersOption(options, name)
    if (values.length !== count)
      throw new AppError(
        'input/invalid',
        `--${name} takes ${count} numbers, got ${values.length}. See --help.`,
      )
    return values
  }
  const bump = numbers('resonance', 3)
  const bend = numbers('kink', 2)
  const tilt = numbers('slope', 1)
  return [
    ...(bump ? [{ kind: 'resonance', massGeV: bump[0], widthGeV: bump[1], strength: bump[2] } as const] : []),
    ...(bend ? [{ kind: 'kink', massGeV: bend[0], strength: bend[1] } as const] : []),
    ...(tilt ? [{ kind: 'slope', strength: tilt[0] } as const] : []),
  ]
}
