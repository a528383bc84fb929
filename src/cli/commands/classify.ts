import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defaultEvaluation } from '../../analysis/drell-yan/classification/class-setup.ts'
import type { Classifier } from '../../analysis/drell-yan/classification/classifier.ts'
import { createSpectrumClassifier } from '../../analysis/drell-yan/classification/classify.ts'
import type { ClassReport } from '../../analysis/drell-yan/classification/evaluate.ts'
import { gallery, type Gallery } from '../../analysis/drell-yan/classification/gallery.ts'
import { replicaSpectrum } from '../../analysis/drell-yan/replicas.ts'
import { coefficientsOf } from '../../analysis/drell-yan/universes.ts'
import { whitenSpectra } from '../../analysis/drell-yan/whitening.ts'
import type { DatasetHeader } from '../../analysis/job-map.ts'
import { loadClassifier } from '../../analysis/load-classifier.ts'
import { readSpectraFile } from '../../dataset/spectra-file.ts'
import { AppError } from '../../errors.ts'
import { classifierMethods } from '../../ml/classifier/classifier-config.ts'
import { morphSpectrum } from '../../physics/drell-yan/spectrum-templates.ts'
import { choiceOption, numberOption, required } from '../arguments.ts'
import type { Command } from '../command.ts'
import { classifierFolder, fileFetch } from '../files.ts'
import { openDatasetFolder } from '../open-files.ts'
import { scoreNetworks, trainClassifierNetworks } from '../train-classifier-and-write.ts'

/** Classes listed per spectrum. */
const listed = 10

export const classifyCommand: Command = {
  summary:
    'which universe a spectrum comes from: probabilities, uncertainties, conformal sets, exact posterior',
  options: {
    data: { default: 'dy-nc-13tev', help: 'shipped dataset id, or a folder with manifest.json' },
    spectrum: { help: 'file with one spectrum per row (.npy, .csv, .parquet; pb per bin)' },
    universe: { help: 'number of a universe of the dataset, instead of a file' },
    replica: { help: 'with --universe: this noisy replica; absent: the exact spectrum' },
    'replica-seed': { default: '1', help: 'seed of the replica' },
    method: { default: 'dpn', help: classifierMethods.join(', ') },
    classes: { default: '100', help: 'number of classes; other than the shipped 100 trains first' },
    seed: { default: '1', help: 'seed of a training; other than the shipped 1 trains first' },
    steps: { default: '2000', help: 'steps of a training; other than the shipped 2000 trains first' },
    metrics: { flag: true, help: 'scores on replicas and universes that no training saw' },
    'test-replicas': {
      default: String(defaultEvaluation.testReplicas),
      help: 'replicas per class behind the scores',
    },
  },
  run: async (options, log) => {
    const header = await openDatasetFolder(required(options, 'data'))
    const spectra = await readSpectra(header, options, log)
    const { classifier, report, known } = await openClassifier(header, options, log)
    const bins = header.model.templates.sm.length
    const answer = createSpectrumClassifier(classifier, known)
    const results = Array.from({ length: spectra.rows }, (_, r) => {
      const name = spectra.rows > 1 ? `${spectra.name}, row ${r}` : spectra.name
      const { classes, ...rest } = answer(spectra.whitened.subarray(r * bins, (r + 1) * bins), name)
      return { spectrum: name, ...rest, classes: classes.slice(0, listed) }
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
      results,
      ...(report ? { metrics: plain(report) } : {}),
    }
  },
}

/** Spectra to ask about, whitened. */
async function readSpectra(
  { manifest, model, table }: DatasetHeader,
  options: Record<string, string | undefined>,
  log: (line: string) => void,
): Promise<{ name: string; rows: number; whitened: Float32Array }> {
  const { whitening, templates } = model
  if ((options.spectrum === undefined) === (options.universe === undefined))
    throw new AppError('input/invalid', 'Give either --spectrum FILE or --universe N.')
  if (options.spectrum !== undefined) {
    const path = options.spectrum
    if (!existsSync(path))
      throw new AppError(
        'data/not-found',
        `There is no file ${path}. Give the path of a .npy, .csv or .parquet file.`,
      )
    const read = await readSpectraFile(basename(path), new Uint8Array(readFileSync(path)), {
      bins: templates.sm.length,
      edges: templates.observables.map(({ edges }) => edges),
    })
    for (const note of read.notes) log(note)
    return { name: basename(path), rows: read.rows, whitened: whitenSpectra(whitening, read.data, read.rows) }
  }
  const universe = numberOption(options, 'universe')
  if (!Number.isInteger(universe) || universe < 0 || universe >= table.count)
    throw new AppError(
      'input/invalid',
      `--universe is ${universe}; ${manifest.id} has universes 0 to ${table.count - 1}. Choose one of them.`,
    )
  const mean = morphSpectrum(templates, coefficientsOf(table, universe), manifest.order)
  if (options.replica === undefined)
    return { name: `universe ${universe}`, rows: 1, whitened: whitenSpectra(whitening, mean, 1) }
  const replica = numberOption(options, 'replica')
  const noisy = replicaSpectrum(whitening, mean, numberOption(options, 'replica-seed'), universe, replica)
  return {
    name: `universe ${universe}, replica ${replica}`,
    rows: 1,
    whitened: whitenSpectra(whitening, noisy, 1),
  }
}

/** The shipped classifier where there is one for these settings; else one is trained. */
async function openClassifier(
  header: DatasetHeader,
  options: Record<string, string | undefined>,
  log: (line: string) => void,
): Promise<{ classifier: Classifier; report: ClassReport | null; known: Gallery }> {
  const method = choiceOption(options, 'method', classifierMethods)
  const classes = numberOption(options, 'classes')
  const seed = numberOption(options, 'seed')
  const steps = numberOption(options, 'steps')
  // Without --metrics the scores of a new classifier are thrown away: only its calibration counts.
  const evaluation = options.metrics
    ? { testReplicas: numberOption(options, 'test-replicas') }
    : { testReplicas: 2, noneSpectra: 2 }
  const id = `${header.manifest.id}-${method}`
  const folder = join(classifierFolder, id)
  const usual = classes === 100 && seed === 1 && steps === 2000
  if (!usual || !existsSync(join(folder, 'card.json'))) {
    log(`training ${method} on ${classes} universes, seed ${seed}, ${steps} steps`)
    const {
      gallery: known,
      classifier,
      report,
    } = await trainClassifierNetworks(header, { method, classes, seed, steps }, log, evaluation)
    return { classifier, report: options.metrics ? report : null, known }
  }
  const url = (name: string) => pathToFileURL(join(folder, name)).href
  const { classifier } = await loadClassifier(
    { id, cardUrl: url('card.json'), weightsUrl: url('weights.bin') },
    header,
    { fetch: fileFetch },
  )
  const known = gallery(header, [...classifier.universes])
  const report = options.metrics ? (await scoreNetworks(header, known, classifier, evaluation)).report : null
  return { classifier, report, known }
}

/** Typed arrays as plain lists. */
function plain(report: ClassReport): object {
  return {
    ...report,
    scores: report.scores.map(({ riskCoverage, ...rest }) => ({
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
