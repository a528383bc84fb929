import { told } from '../../../core/told.ts'
import { freeModelId, tellUnstored } from '../../../core/own-models.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import { sortModelFiles } from '../../../ml/sort-model-files.ts'
import type { EventsJobs } from '../jobs.ts'
import type { EventsContext } from '../model.ts'
import { onOtherMap } from './events-state.ts'
import { partsOf, type OwnEncoders } from './own-encoders.ts'

/** Exported files of an encoder that are dropped: kept, and on the map. */
export function createEncoderFiles(
  context: EventsContext,
  compute: JobClient<EventsJobs>,
  encoders: OwnEncoders,
  shipped: readonly { id: string }[],
) {
  async function take(given: readonly File[]): Promise<void> {
    const dropped = await Promise.all(
      given.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
    )
    const made = await compute.run('import-encoder', { files: sortModelFiles(dropped) }).promise
    const [entry, model, files] = partsOf(made, 'file')
    const id = await freeModelId(entry, encoders, shipped)
    if (!encoders.has(id))
      await tellUnstored(
        context,
        encoders,
        { ...entry, id },
        encoders.keep({ ...entry, id }, { ...model, id }, files),
      )
    context.change({ model: id, focus: null, ...onOtherMap })
  }
  return {
    dropEncoder: async (given: readonly File[]): Promise<void> =>
      void (await told(context.notify, take(given))),
  }
}
