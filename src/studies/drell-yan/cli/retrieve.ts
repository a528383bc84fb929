import { finish } from '../analysis/corpus.ts'
import { positiveUniverses } from '../analysis/anomaly/known-universes.ts'
import { theoryOf } from '../analysis/anomaly/theory.ts'
import { neighbourSpaces } from '../analysis/neighbours.ts'
import { evaluateRetrieval, retrievalDefaults } from '../analysis/retrieval/evaluate.ts'
import { rankUniverses } from '../analysis/retrieval/ranking.ts'
import { contourChi2, contourSigmas, smContours, universesInside } from '../analysis/retrieval/sm-contours.ts'
import { whitenSpectra } from '../analysis/whitening.ts'
import { runMlp } from '../../../ml/mlp.ts'
import { defineCommand } from '../../../cli/command.ts'
import { datasetOption, modelOption } from '../../../cli/folder-options.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { defaultModelOf, openDatasetFolder, openModelFolder } from './open-files.ts'
import { drawnShapes, shapeOptions, withShapes } from './shape-option.ts'
import { readSpectrum, spectrumOptions } from './spectrum-option.ts'

const conventions = ['probability', 'ellipse'] as const
const queryKinds = ['mean', 'replica'] as const

export const retrieveCommand = defineCommand({
  summary: 'universes most like a spectrum, on the map and in truth; --metrics: how good the map is at it',
  options: {
    data: datasetOption,
    model: { ...modelOption, help: `${modelOption.help}; by default the one of the dataset` },
    ...spectrumOptions,
    ...shapeOptions,
    k: { kind: 'number', ...countRange(1, 20_000), default: '10', help: 'universes to list' },
    space: { kind: 'choice', choices: neighbourSpaces, default: 'latent', help: 'what they are ordered by' },
    contours: {
      kind: 'choice',
      choices: conventions,
      default: 'probability',
      help: 'contours of the SM: probability (2.30, 11.83, 40.1) or ellipse (1, 9, 36)',
    },
    metrics: { kind: 'flag', help: 'scores on held-out queries, with PCA-2, PCA-5 and all directions' },
    queries: {
      kind: 'number',
      ...countRange(20, 2000),
      default: String(retrievalDefaults.queries),
      help: 'held-out universes of --metrics',
    },
    query: {
      kind: 'choice',
      choices: queryKinds,
      default: retrievalDefaults.query,
      help: 'asked with the mean or with a replica',
    },
    seed: { kind: 'number', ...seedRange, default: String(retrievalDefaults.seed), help: 'of --metrics' },
  },
  run: async (options, log) => {
    const header = await openDatasetFolder(options.data)
    const encoder = await openModelFolder(options.model ?? defaultModelOf(header), header, log)
    const { universeModel: model, table, whitenedMeans, manifest } = header
    const bins = model.templates.bins
    const { order } = manifest
    const subject = await readSpectrum(options, header, order)
    const shapes = drawnShapes(options)
    const whitened = whitenSpectra(model.whitening, withShapes(model, shapes, subject.spectrum), 1)
    const latent = runMlp(encoder.mlp, whitenedMeans, table.count)
    const ranked = rankUniverses(
      {
        count: table.count,
        latent,
        whitened: whitenedMeans,
        coefficients: table.coefficients,
        halfWidth: model.prior.halfWidth,
      },
      {
        latent: runMlp(encoder.mlp, whitened, 1),
        whitened,
        coefficients: subject.coefficients,
        // With a shape or noise it is no longer the universe itself.
        exclude: shapes.length > 0 || subject.noisy ? undefined : subject.universe,
      },
      options.space,
      options.k,
    )
    const convention = options.contours
    const contours = smContours(encoder.mlp, whitenedMeans, latent, bins)
    const { rank } = theoryOf(model, order).span
    const kept = positiveUniverses(table.flags, order)
    const gallery = new Float32Array(kept.length * bins)
    kept.forEach((u, i) => gallery.set(whitenedMeans.subarray(u * bins, (u + 1) * bins), i * bins))
    return {
      data: manifest.id,
      model: encoder.id,
      query: subject.title,
      ...(shapes.length > 0 && { shapes }),
      gallery: table.count,
      neighbours: ranked,
      contours: contourSigmas.map((sigmas) => {
        const onMap = contourChi2(sigmas, contours.dimensions, convention)
        const inSpectra = contourChi2(sigmas, rank, convention)
        return {
          sigmas,
          convention,
          map: { chi2: onMap, universes: universesInside(contours.latentChi2, onMap).length },
          spectra: { chi2: inSpectra, universes: universesInside(contours.fisherChi2, inSpectra).length },
        }
      }),
      ...(options.metrics && {
        metrics: finish(
          evaluateRetrieval(
            model,
            gallery,
            { id: encoder.id, mlp: encoder.mlp },
            {
              seed: options.seed,
              order,
              queries: options.queries,
              query: options.query,
            },
          ),
        ),
      }),
    }
  },
})
