import { AppError } from '../../../errors.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { ModelCard } from '../../../ml/model-card.ts'
import { forSetsOf, linearEncoderId, type MapEncoder } from '../analysis/map-encoder.ts'
import type { EncoderAddress } from '../catalogue.ts'
import type { EventsJobs } from '../jobs.ts'
import { ownEncoder, type OwnEncoders } from './own-encoders.ts'

/** An encoder, with its card. */
export interface LoadedEncoder {
  encoder: MapEncoder
  card: ModelCard
}

export type LoadEncoder = (id: string, perSet: number, signal?: AbortSignal) => Promise<LoadedEncoder>

/** Encoders that are shipped or one's own, by id, for sets of a size where they take any. */
export function createLoadEncoder(
  compute: JobClient<EventsJobs>,
  shipped: readonly EncoderAddress[],
  own: OwnEncoders,
): LoadEncoder {
  async function load(id: string, signal?: AbortSignal): Promise<LoadedEncoder> {
    const address = shipped.find((each) => each.id === id)
    if (address) return compute.run('load-encoder', address, { signal }).promise
    const entry = (await own.known()).find((each) => each.id === id)
    if (entry) return { encoder: await ownEncoder(own, id, compute, signal), card: entry.card }
    throw new AppError(
      'model/mismatch',
      `There is no encoder "${id}" here; this page has ${[linearEncoderId, ...shipped.map((each) => each.id), ...own.list().map((each) => each.id)].join(', ')}. Choose one in Data.`,
      { model: id },
    )
  }
  /** @throws AppError 'model/mismatch' for one that is not here */
  return async (id, perSet, signal) => {
    const { encoder, card } = await load(id, signal)
    return { encoder: forSetsOf(encoder, perSet), card }
  }
}
