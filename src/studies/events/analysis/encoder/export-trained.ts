import type { ModelFiles } from '../../../../ml/model-files.ts'
import { checkpointFromBytes } from '../../../../ml/checkpoint.ts'
import type { ModelEvents } from '../models.ts'
import { eventsEncoderFromFiles, exportEventsEncoder, type EventsEncoder } from './encoder-files.ts'
import { modelsHash } from './models-hash.ts'
import { trainingScaling } from './train-events-job.ts'

export interface ExportTrainedRequest {
  models: readonly ModelEvents[]
  /** Id of their dataset. */
  dataset: string
  checkpoint: Uint8Array
  /** 'best' takes the weights of the best held-out loss so far, 'now' those of the checkpoint's own step. */
  weights: 'best' | 'now'
  backend: string
  /** ISO date, from the caller's clock. */
  date: string
}

/** An encoder with the three files that make it again, here or in another page. */
export interface EncoderWithFiles extends EventsEncoder {
  files: ModelFiles
}

/** An encoder that was trained in the page, whole: named by the content of its weights, with its card. */
export async function exportTrained(request: ExportTrainedRequest): Promise<EncoderWithFiles> {
  const { models, dataset, checkpoint } = request
  const { config } = await checkpointFromBytes(checkpoint)
  const kind = config.pool ? 'deep set' : 'dense layers'
  const files = await exportEventsEncoder({
    ...request,
    title: `${kind}, ${config.loss} loss, ${config.latentDim}-D, trained in the page`,
    description: `Trained on sets of events of ${models.length} models (${models
      .map(({ title }) => title)
      .join('; ')
      .slice(0, 400)}), seed ${config.seed}.`,
    dataset: { id: dataset, manifestSha256: await modelsHash(models) },
    scaling: trainingScaling(models),
  })
  return { ...(await eventsEncoderFromFiles(files)), files }
}

/** The same of files that were kept or dropped. @throws AppError as eventsEncoderFromFiles */
export async function importEncoder({ files }: { files: ModelFiles }): Promise<EncoderWithFiles> {
  return { ...(await eventsEncoderFromFiles(files)), files }
}
