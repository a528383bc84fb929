import type { DrellYanComputeJobs } from '../jobs.ts'
import type { LoadedEncoder } from '../analysis/dataset-types.ts'
import type { DatasetManifest } from '../../../dataset/manifest.ts'
import type { EncoderBundle } from '../analysis/datasets/model-bundle.ts'
import type { ModelCard } from '../../../ml/model-card.ts'
import type { ModelFiles } from '../../../ml/model-files.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { Platform } from '../../../core/platform.ts'
import {
  createOwnModels,
  type OwnModel,
  type OwnModelRecord,
  type OwnModels,
} from '../../../core/own-models.ts'
import type { RecordStore } from '../../../core/record-store.ts'

/** An encoder of one's own, trained in the page or read from files, in this visit or an earlier one. */
export interface OwnEncoder extends OwnModel {
  card: ModelCard | null
}

/** A type and no interface: it names the types of own models. Files carry the hash of the weights. */
type EncoderTypes = { entry: OwnEncoder; model: LoadedEncoder; files: ModelFiles }

export type EncoderRecord = OwnModelRecord<EncoderTypes>

export type OwnEncoders = OwnModels<EncoderTypes>

/** Where they are kept. The names must stay: encoders of earlier visits lie under them. */
export function ownEncoderRecords(platform: Pick<Platform, 'records'>): RecordStore<EncoderRecord> {
  return platform.records('theoryscape-encoders', 'encoders')
}

/** @param now  clock [ms] */
export function createOwnEncoders(records: RecordStore<EncoderRecord>, now: () => number): OwnEncoders {
  return createOwnModels<EncoderTypes>({
    ...{ records, now, noun: 'encoder' },
    most: 60, // about 0.1 MB each
    entryOf: ({ id, hash, card, origin }) => ({ id, hash, card, origin }),
  })
}

/** An encoder as it is kept: its entry, the network, the files. */
export function partsOf(
  { encoder, files }: EncoderBundle,
  origin: OwnEncoder['origin'],
): [OwnEncoder, LoadedEncoder, ModelFiles] {
  const { id, hash, card } = encoder
  return [{ id, hash, card, origin }, encoder, files]
}

/** Reads stored files as dropped ones are read, in the worker. */
export function storedFilesReader(
  compute: JobClient<DrellYanComputeJobs>,
  manifest: DatasetManifest,
  signal?: AbortSignal,
): (files: ModelFiles) => Promise<LoadedEncoder> {
  const bytes = (text: string) => new TextEncoder().encode(text)
  return async ({ card, model, weights }) => {
    const files = [
      { name: 'card.json', bytes: bytes(card) },
      { name: 'model.json', bytes: bytes(model) },
      { name: 'weights.bin', bytes: weights },
    ]
    return (await compute.run('import-encoder', { files, manifest }, { signal }).promise).encoder
  }
}
