import {
  createOwnModels,
  type OwnModel,
  type OwnModelRecord,
  type OwnModels,
} from '../../../core/own-models.ts'
import type { Platform } from '../../../core/platform.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { ModelCard } from '../../../ml/model-card.ts'
import type { ModelFiles } from '../../../ml/model-files.ts'
import type { EncoderWithFiles } from '../analysis/encoder/export-trained.ts'
import type { MapEncoder } from '../analysis/map-encoder.ts'
import type { EventsJobs } from '../jobs.ts'

/** An encoder of one's own, trained in the page or read from files, in this visit or an earlier one. */
export interface OwnEncoder extends OwnModel {
  card: ModelCard
}

/** A type and no interface: it names the types of own models. */
type OwnEncoderTypes = { entry: OwnEncoder; model: MapEncoder & { hash: string }; files: ModelFiles }

export type OwnEncoders = OwnModels<OwnEncoderTypes>

/** The name must stay: encoders of earlier visits lie under it. */
export function createOwnEncoders(platform: Pick<Platform, 'records' | 'now'>): OwnEncoders {
  return createOwnModels<OwnEncoderTypes>({
    records: platform.records<OwnModelRecord<OwnEncoderTypes>>('theoryscape-events-encoders', 'encoders'),
    now: platform.now,
    ...{ noun: 'encoder', most: 24 }, // up to 2 MB each
    entryOf: ({ id, hash, origin, card }) => ({ id, hash, origin, card }),
  })
}

/** An encoder as it is kept: its entry, the network, the files. */
export function partsOf(
  { encoder, card, files }: EncoderWithFiles,
  origin: OwnEncoder['origin'],
): [OwnEncoder, MapEncoder & { hash: string }, ModelFiles] {
  const [id, hash] = [card.id, card.weightsSha256]
  return [{ id, hash, origin, card }, { ...encoder, hash }, files]
}

/** One of them, read again where an earlier visit kept it. */
export function ownEncoder(
  encoders: OwnEncoders,
  id: string,
  compute: JobClient<EventsJobs>,
  signal?: AbortSignal,
): Promise<MapEncoder> {
  return encoders.load(id, async (files) => {
    const { encoder, card } = await compute.run('import-encoder', { files }, { signal }).promise
    return { ...encoder, id, hash: card.weightsSha256 }
  })
}
