import { samplesFolder } from '../cli/files.ts'
import { readSample } from '../cli/read-sample.ts'
import { eventFeatures } from '../studies/events/analysis/features/event-features.ts'
import type { ModelEvents } from '../studies/events/analysis/models.ts'

/** The first events of shipped samples. */
export const shippedModels = (ids: readonly string[], events: number): Promise<ModelEvents[]> =>
  Promise.all(
    ids.map(async (id) => {
      const { blocks } = await readSample(samplesFolder, id, events)
      return { id, title: id, features: eventFeatures(blocks[0]), events: blocks[0].events }
    }),
  )
