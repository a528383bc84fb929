import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { ShapeChoice } from '../analysis/anomaly/shapes.ts'
import { defaultEvaluation } from '../analysis/classification/class-setup.ts'
import type { Classifier } from '../analysis/classification/classifier.ts'
import { createSpectrumClassifier } from '../analysis/classification/classify.ts'
import type { ClassReport } from '../analysis/classification/evaluate.ts'
import { gallery, type Gallery } from '../analysis/classification/gallery.ts'
import { replicaSpectrum } from '../analysis/replicas.ts'
import { coefficientsOf } from '../analysis/universes.ts'
import { whitenSpectra } from '../analysis/whitening.ts'
import type { DatasetHeader } from '../analysis/dataset-types.ts'
import { readSpectraFile } from '../../../dataset/spectra-file.ts'
import { AppError } from '../../../errors.ts'
import { classifierMethods } from '../../../ml/classifier/classifier-config.ts'
import { morphSpectrum } from '../../../physics/drell-yan/spectrum-templates.ts'
import { classifierSchema } from '../intent.ts'
import { defineCommand } from '../../../cli/command.ts'
import { datasetOption } from '../../../cli/folder-options.ts'
import { openShippedClassifier } from './open-classifier.ts'
import { openDatasetFolder } from './open-files.ts'
import { countRange, rangeOf, seedRange } from '../../../cli/options/ranges.ts'
import { drawnShapes, shapeOptions, withShapes } from './shape-option.ts'
import { spectrumOptions } from './spectrum-option.ts'
import { scoreNetworks, trainClassifierNetworks } from './train-classifier-and-write.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import type { OptionValues } from '../../../cli/options/option-values.ts'

/** Classes listed per spectrum. */
const listed = 10

const classifyOptions = {
  data: datasetOption,
  spectrum: {
    ...spectrumOptions.spectrum,
    help: 'one spectrum per row (.npy, .csv, .parquet, .root; pb per bin)',
  },
  universe: { ...spectrumOptions.universe, help: 'number of a universe of the dataset, instead of a file' },
  replica: {
    kind: 'number',
    ...countRange(0, 10_000_000),
    help: 'with --universe: this noisy replica; absent: its spectrum without noise',
  },
  'replica-seed': { kind: 'number', ...seedRange, default: '1', help: 'of the replica' },
  ...shapeOptions,
  method: { kind: 'choice', choices: classifierMethods, default: 'dpn', help: 'of the networks' },
  classes: {
    kind: 'number',
    ...rangeOf(classifierSchema.shape.classes),
    default: '100',
    help: 'number of classes; other than the shipped 100 trains first',
  },
  seed: {
    kind: 'number',
    ...rangeOf(classifierSchema.shape.seed),
    default: '1',
    help: 'of a training; other than the shipped 1 trains first',
  },
  steps: {
    kind: 'number',
    ...rangeOf(classifierSchema.shape.steps),
    default: '2000',
    help: 'of a training; other than the shipped 2000 trains first',
  },
  metrics: { kind: 'flag', help: 'scores on replicas and universes that no training saw' },
  'test-replicas': {
    kind: 'number',
    ...countRange(2, 2000),
    default: String(defaultEvaluation.testReplicas),
    help: 'replicas per class behind the scores',
  },
} as const satisfies OptionTable

type ClassifyOptions = OptionValues<typeof classifyOptions>

export const classifyCommand = defineCommand({
  summary:
    'which universe a spectrum comes from: probabilities, uncertainties, conformal sets, Bayes posterior',
  options: classifyOptions,
  run: async (options, log) => {
    const header = await openDatasetFolder(options.data)
    const shapes = drawnShapes(options)
    const spectra = await readSpectra(header, options, shapes, log)
    const { classifier, report, known } = await openClassifier(header, options, log)
    const bins = header.universeModel.templates.bins
    const answer = createSpectrumClassifier(classifier, known)
    const results = Array.from({ length: spectra.rows }, (_, r) => {
      const name = spectra.rows > 1 ? `${spectra.name}, row ${r}` : spectra.name
      const { classes, bayesEntropy, ...rest } = answer(
        spectra.whitened.subarray(r * bins, (r + 1) * bins),
        name,
        { noisy: spectra.noisy },
      )
      return {
        spectrum: name,
        ...rest,
        // Scripts read the Bayes posterior under the key that it has had from the first.
        exactEntropy: bayesEntropy,
        classes: classes.slice(0, listed).map(({ bayes, ...chance }) => ({ ...chance, exact: bayes })),
      }
    })
    const { config, calibration } = classifier
    return {
      dataset: { id: header.manifest.id, manifestSha256: header.manifestHash },
      classifier: {
        ...config,
        classes: known.universes.length,
        temperature: calibration.temperature,
        calibrationRows: calibration.rows,
      },
      ...(shapes.length > 0 && { shapes }),
      results,
      ...(report ? { metrics: plain(report) } : {}),
    }
  },
})

/** Spectra to ask about, with the shapes on them, whitened. */
async function readSpectra(
  { manifest, universeModel: model, table }: DatasetHeader,
  options: ClassifyOptions,
  shapes: readonly ShapeChoice[],
  log: (line: string) => void,
): Promise<{ name: string; rows: number; whitened: Float32Array; noisy: boolean }> {
  const { whitening, templates } = model
  const whiten = (spectra: ArrayLike<number>, rows: number) =>
    whitenSpectra(whitening, withShapes(model, shapes, spectra), rows)
  const { spectrum: path, universe, replica } = options
  const either = (): never => {
    throw new AppError('input/invalid', 'Give either --spectrum FILE or --universe N.')
  }
  if (path !== undefined) {
    if (universe !== undefined) either()
    const read = await readSpectraFile(basename(path), new Uint8Array(readFileSync(path)), {
      bins: templates.bins,
      edges: templates.observables.map(({ edges }) => edges),
    })
    for (const note of read.notes) log(note)
    return { name: basename(path), rows: read.rows, whitened: whiten(read.data, read.rows), noisy: true }
  }
  if (universe === undefined) return either()
  if (universe >= table.count)
    throw new AppError(
      'input/invalid',
      `--universe is ${universe}; ${manifest.id} has universes 0 to ${table.count - 1}. Choose one of them.`,
    )
  const mean = morphSpectrum(templates, coefficientsOf(table, universe), manifest.order)
  if (replica === undefined)
    return { name: `universe ${universe}`, rows: 1, whitened: whiten(mean, 1), noisy: false }
  const noisy = replicaSpectrum(whitening, mean, options['replica-seed'], universe, replica)
  return {
    name: `universe ${universe}, replica ${replica}`,
    rows: 1,
    whitened: whiten(noisy, 1),
    noisy: true,
  }
}

/** The shipped classifier where there is one for these settings; else one is trained. */
async function openClassifier(
  header: DatasetHeader,
  options: ClassifyOptions,
  log: (line: string) => void,
): Promise<{ classifier: Classifier; report: ClassReport | null; known: Gallery }> {
  const { method, classes, seed, steps } = options
  // Without --metrics the scores of a new classifier are thrown away: only its calibration counts.
  const evaluation = options.metrics
    ? { testReplicas: options['test-replicas'] }
    : { testReplicas: 2, noneSpectra: 2 }
  const usual = classes === 100 && seed === 1 && steps === 2000
  const classifier = usual ? await openShippedClassifier(method, header) : null
  if (!classifier) {
    log(`training ${method} on ${classes} universes, seed ${seed}, ${steps} steps`)
    const trained = await trainClassifierNetworks(header, { method, classes, seed, steps }, log, evaluation)
    const { gallery: known, report } = trained
    return { classifier: trained.classifier, report: options.metrics ? report : null, known }
  }
  const known = gallery(header, [...classifier.universes])
  const report = options.metrics ? (await scoreNetworks(header, known, classifier, evaluation)).report : null
  return { classifier, report, known }
}

/** Typed arrays as plain lists, names as scripts know them. */
function plain(report: ClassReport): object {
  return {
    ...report,
    scores: report.scores.map(({ name, riskCoverage, ...rest }) => ({
      name: name === 'Bayes' ? 'exact' : name,
      ...rest,
      riskCoverage: {
        aurc: riskCoverage.aurc,
        oracle: riskCoverage.oracle,
        coverage: [...riskCoverage.curve.coverage],
        risk: [...riskCoverage.curve.risk],
      },
    })),
  }
}
