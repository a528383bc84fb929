import { createOwnModels, type OwnModel } from '../../../core/own-models.ts'
import type { Platform } from '../../../core/platform.ts'
import { sha256Hex } from '../../../numerics/sha256.ts'

/** A file of one's own events, as it was dropped. */
export interface EventFile {
  name: string
  bytes: Uint8Array<ArrayBuffer>
}

/** What the page says of it. */
export interface OwnEventFile extends OwnModel {
  name: string
}

/** A type and no interface: it names the types of own models. */
type Types = { entry: OwnEventFile; model: EventFile & { id: string; hash: string }; files: EventFile }

/** The file of events that this browser keeps, one at most. The name must stay: that of earlier visits lies under it. */
export function createOwnEventFiles(platform: Pick<Platform, 'records' | 'now'>) {
  return createOwnModels<Types>({
    records: platform.records('theoryscape-multi-top-files', 'files'),
    ...{ now: platform.now, noun: 'file of events', most: 1, again: 'Drop the file again.' },
    entryOf: ({ id, hash, origin, name }) => ({ id, hash, origin, name }),
  })
}

export type OwnEventFiles = ReturnType<typeof createOwnEventFiles>

export async function eventFileEntry({ name, bytes }: EventFile): Promise<OwnEventFile> {
  const hash = await sha256Hex(bytes)
  return { id: `events-${hash.slice(0, 12)}`, hash, origin: 'file', name }
}

/** Its bytes. @throws AppError 'data/not-found' or 'model/corrupt' where they are not what was kept */
export const keptEventFile = (files: OwnEventFiles, id: string): Promise<EventFile> =>
  files.load(id, async (file) => ({ ...file, id, hash: await sha256Hex(file.bytes) }))
