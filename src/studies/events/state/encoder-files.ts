import { told } from '../../../core/told.ts'
import { tellUnstored } from '../../../core/own-models.ts'
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
    // A file with the id of a shipped encoder, or of another one of one's own, must not stand in for it.
    const known = (await encoders.known()).find(({ id }) => id === entry.id)
    const taken = shipped.some(({ id }) => id === entry.id) || (known && known.hash !== entry.hash)
    const id = taken ? `file-${entry.hash.slice(0, 12)}` : entry.id
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
