import { AppError } from '../../../../errors.ts'
import { readClassifierFiles, writeClassifierFiles } from '../../../../ml/classifier/classifier-files.ts'
import type { ClassifierCard } from '../../../../ml/classifier/classifier-files.ts'
import type { ModelFiles } from '../../../../ml/model-files.ts'
import type { Whitening as NetworkWhitening } from '../../../../ml/whitening.ts'
import type { ClassifiedDataset } from './classified-dataset.ts'
import { calibrationForCard, calibrationFromCard, cardMetrics } from './classifier-card.ts'
import type { LoadedClassifier } from '../classification/loaded-classifier.ts'
import type { Classifier } from '../classification/classifier.ts'
import type { ClassReport } from '../classification/evaluate.ts'
import type { Whitening } from '../whitening.ts'
import type { LoadedEncoder } from '../dataset-types.ts'
import { sortModelFiles, type DroppedFile } from '../../../../ml/sort-model-files.ts'

export interface ExportClassifierRequest {
  /** Left out: made from method, seed and the first digits of the hash of the weights. */
  id?: string
  title?: string
  description?: string
  classifier: Classifier
  /** Scores of this very classifier, where they were measured. */
  report: ClassReport | null
  header: ClassifiedDataset
  /** The encoder that a classifier of latent points reads. */
  encoder: Pick<LoadedEncoder, 'id' | 'hash'> | null
  /** ISO date, from the caller's clock; left out where equal trainings are to give equal files. */
  date?: string
}

export interface ClassifierBundle {
  card: ClassifierCard
  files: ModelFiles
}

/** float32, as stored. */
function networkWhitening({ reference, inverse }: Whitening): NetworkWhitening {
  return { mean: Float32Array.from(reference), whitening: Float32Array.from(inverse) }
}

/** A classifier as the three files of `models/classifiers/<id>/`, with all that leads from a spectrum to its logits. */
export async function exportClassifier(request: ExportClassifierRequest): Promise<ClassifierBundle> {
  const { classifier, report, header, encoder, date } = request
  const { config, universes, latent, members, calibration } = classifier
  const { manifest, manifestHash } = header
  if (latent && !encoder)
    throw new AppError(
      'input/invalid',
      'This classifier reads latent points: its files must name the encoder. Choose the encoder it was trained on.',
    )
  const whitening = networkWhitening(header.universeModel.whitening)
  const files = await writeClassifierFiles(
    {
      id: request.id ?? ((sha256) => `classifier-${config.method}-seed${config.seed}-${sha256.slice(0, 12)}`),
      title: request.title ?? `${config.method} classifier of ${universes.length} universes`,
      description: request.description ?? `Trained in the page on ${manifest.title}.`,
      features: whitening.mean.length,
      latent: latent && encoder && { ...encoder, units: latent.encoder.layers.map(({ outputs }) => outputs) },
      universes: [...universes],
      training: config,
      calibration: calibrationForCard(calibration),
      dataset: { id: manifest.id, manifestSha256: manifestHash },
      metrics: report ? cardMetrics(report) : {},
      engine: 'kernels',
      ...(date !== undefined && { date }),
    },
    { whitening, latent, members },
  )
  return { card: (await readClassifierFiles(files)).card, files }
}

/**
 * The three files of an exported classifier, in any order and under any name.
 *
 * @throws AppError 'model/mismatch' where it names universes of another dataset, or whitens spectra in another way
 */
export async function importClassifier(
  dropped: DroppedFile[],
  header: ClassifiedDataset,
): Promise<LoadedClassifier> {
  return classifierFromFiles(sortModelFiles(dropped), header)
}

/** It names universes of one dataset by number, so it answers for no other. */
export async function classifierFromFiles(
  files: Pick<ModelFiles, 'card' | 'weights'> & { model?: string },
  { manifest, manifestHash, universeModel }: ClassifiedDataset,
): Promise<LoadedClassifier> {
  const { card, whitening, latent, members } = await readClassifierFiles(files)
  if (card.dataset.manifestSha256 !== manifestHash)
    throw new AppError(
      'model/mismatch',
      `Classifier ${card.id} was trained on dataset ${card.dataset.id} ${card.dataset.manifestSha256.slice(0, 8)}, open is ${manifest.id} ${manifestHash.slice(0, 8)}. Open that dataset, or train one on this.`,
    )
  const expected = networkWhitening(universeModel.whitening)
  const same =
    card.features === expected.mean.length &&
    closeTo(whitening.mean, expected.mean) &&
    closeTo(whitening.whitening, expected.whitening)
  if (!same)
    throw new AppError(
      'model/mismatch',
      `Classifier ${card.id} whitens spectra in another way than dataset ${manifest.id} does: its answers would be meaningless. Train one on this dataset.`,
    )
  const classifier: Classifier = {
    config: card.training,
    universes: Int32Array.from(card.universes),
    ...{ latent, members, calibration: calibrationFromCard(card.calibration) },
  }
  return { id: card.id, card, classifier }
}

/** To rounding of float32, on the scale of the largest number. */
function closeTo(a: Float32Array, b: Float32Array): boolean {
  const scale = b.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  return a.every((value, i) => Math.abs(value - b[i]) <= 1e-5 * scale)
}
