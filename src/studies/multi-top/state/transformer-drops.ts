import { told } from '../../../core/told.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { ImportedTransformer } from '../analysis/own-transformers/import-transformer.ts'
import type { MultiTopJobs } from '../jobs.ts'
import type { MultiTopContext } from '../model.ts'
import type { OwnTransformers } from './own-transformers.ts'

/** Keeps a transformer that was read from files, unless it is there. */
export async function keepImported(
  transformers: OwnTransformers,
  { id, hash, title, classes, files }: ImportedTransformer,
): Promise<void> {
  await transformers.known()
  if (!transformers.has(id)) await transformers.keep({ id, hash, origin: 'file', title, classes }, files)
}

/** Exported files of a transformer that are dropped: kept, and what all views ask. */
export function createTransformerDrops(
  { change, notify }: MultiTopContext,
  compute: JobClient<MultiTopJobs>,
  transformers: OwnTransformers,
  lookAgain: () => void,
) {
  async function take(given: readonly File[]): Promise<void> {
    const files = await Promise.all(
      given.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
    )
    const made = await compute.run('import-transformer', { files }).promise
    await keepImported(transformers, made)
    change({ model: made.id })
    lookAgain()
    notify('info', `${made.title} is read, kept as ${made.id}, and shown in Explore, Interpret and Compare.`)
  }
  return {
    dropTransformer: async (given: readonly File[]): Promise<void> => void (await told(notify, take(given))),
  }
}
