import { AppError } from '../../../errors.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { ModelEvents } from '../analysis/models.ts'
import { tooFewEvents } from '../analysis/own-files/enough-events.ts'
import type { EventsIntent } from '../intent.ts'
import type { EventsJobs } from '../jobs.ts'
import { fewestOwnFiles } from '../limits.ts'
import { eventFile, type OwnFile, type OwnFiles } from './own-files.ts'

/** Models of the dataset of files, and why some files are none. */
export interface FileModels {
  models: ModelEvents[]
  leftOut: string[]
}

interface Asked {
  wanted: readonly OwnFile[]
  channel: EventsIntent['channel']
  perSet: number
  signal: AbortSignal
  /** Of the file that is read, and how many are done. */
  reading(file: OwnFile, done: number): void
}

/** Reads the files of the dataset as models; what was read stays at hand while the channel is the same. */
export function createFileModels(files: OwnFiles, compute: JobClient<EventsJobs>) {
  let read = new Map<string, ModelEvents>()
  let readBy: EventsIntent['channel'] = null

  async function modelOf({ id, name }: OwnFile, channel: Asked['channel'], signal: AbortSignal) {
    try {
      const { bytes } = await eventFile(files, id)
      const { model } = await compute.run('read-events', { name, bytes, channel }, { signal }).promise
      return { ...model, id }
    } catch (thrown) {
      const error = AppError.from(thrown)
      if (error.code === 'job/cancelled') throw error
      return error
    }
  }

  /** @throws AppError 'data/mismatch' where fewer than two files are models */
  return async ({ wanted, channel, perSet, signal, reading }: Asked): Promise<FileModels> => {
    if (channel !== readBy) read = new Map()
    readBy = channel
    const models: ModelEvents[] = []
    const leftOut: string[] = []
    for (const [k, file] of wanted.entries()) {
      reading(file, k)
      const known = read.get(file.id) ?? (await modelOf(file, channel, signal))
      if (readBy === channel && !(known instanceof AppError)) read.set(file.id, known)
      if (known instanceof AppError) {
        leftOut.push(known.message)
        continue
      }
      const lacking = tooFewEvents(known, perSet)
      if (lacking === null) models.push(known)
      else leftOut.push(lacking)
    }
    if (models.length < fewestOwnFiles)
      throw new AppError(
        'data/mismatch',
        `A map needs ${fewestOwnFiles} files of events, ${models.length} of ${wanted.length} can be used. ${leftOut.join(' ')}`,
        { files: wanted.length, usable: models.length },
      )
    return { models, leftOut }
  }
}
