import { finish } from '../../analysis/drell-yan/corpus.ts'
import { positiveUniverses } from '../../analysis/drell-yan/anomaly/known-universes.ts'
import { theoryOf } from '../../analysis/drell-yan/anomaly/theory.ts'
import { neighbourSpaces } from '../../analysis/drell-yan/neighbours.ts'
import { evaluateRetrieval, retrievalDefaults } from '../../analysis/drell-yan/retrieval/evaluate.ts'
import { rankUniverses } from '../../analysis/drell-yan/retrieval/ranking.ts'
import {
  contourChi2,
  contourSigmas,
  smContours,
  universesInside,
} from '../../analysis/drell-yan/retrieval/sm-contours.ts'
import { whitenSpectra } from '../../analysis/drell-yan/whitening.ts'
import { runMlp } from '../../ml/mlp.ts'
import { choiceOption, numberOption, required } from '../arguments.ts'
import type { Command } from '../command.ts'
import { defaultModelOf, openDatasetFolder, openModelFolder } from '../open-files.ts'
import { readSpectrum, spectrumOptions } from '../spectrum-option.ts'

export const retrieveCommand: Command = {
  summary: 'universes most like a spectrum, on the map and in truth; --metrics: how good the map is at it',
  options: {
    data: { default: 'dy-nc-13tev', help: 'shipped dataset id, or a folder with manifest.json' },
    model: { help: 'shipped model id, or a folder with card.json; by default the one of the dataset' },
    ...spectrumOptions,
    k: { default: '10', help: 'universes to list' },
    space: { default: 'latent', help: `order by: ${neighbourSpaces.join(', ')}` },
    contours: {
      default: 'probability',
      help: 'contours of the SM: probability (2.30, 11.83, 40.1) or ellipse (1, 9, 36)',
    },
    metrics: { flag: true, help: 'scores on held-out queries, with PCA-2, PCA-5 and all directions' },
    queries: { default: String(retrievalDefaults.queries), help: 'held-out universes of --metrics' },
    query: { default: retrievalDefaults.query, help: 'asked with the exact mean or with a replica' },
    seed: { default: String(retrievalDefaults.seed), help: 'seed of --metrics' },
  },
  run: async (options) => {
    const header = await openDatasetFolder(required(options, 'data'))
    const encoder = await openModelFolder(options.model ?? defaultModelOf(header), header)
    const { model, table, whitenedMeans, manifest } = header
    const bins = model.templates.sm.length
    const { order } = manifest
    const subject = await readSpectrum(options, header, order)
    const whitened = whitenSpectra(model.whitening, subject.spectrum, 1)
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
        exclude: subject.universe,
      },
      choiceOption(options, 'space', neighbourSpaces),
      numberOption(options, 'k'),
    )
    const convention = choiceOption(options, 'contours', ['probability', 'ellipse'] as const)
    const contours = smContours(encoder.mlp, whitenedMeans, latent, bins)
    const { rank } = theoryOf(model, order).span
    const kept = positiveUniverses(table.flags, order)
    const gallery = new Float32Array(kept.length * bins)
    kept.forEach((u, i) => gallery.set(whitenedMeans.subarray(u * bins, (u + 1) * bins), i * bins))
    return {
      data: manifest.id,
      model: encoder.id,
      query: subject.title,
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
              seed: numberOption(options, 'seed'),
              order,
              queries: numberOption(options, 'queries'),
              query: choiceOption(options, 'query', ['mean', 'replica'] as const),
            },
          ),
        ),
      }),
    }
  },
}
