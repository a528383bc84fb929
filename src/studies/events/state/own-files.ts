import {
  createOwnModels,
  type OwnModel,
  type OwnModelRecord,
  type OwnModels,
} from '../../../core/own-models.ts'
import type { Platform } from '../../../core/platform.ts'
import { sha256Hex } from '../../../numerics/sha256.ts'
import type { FileModel } from '../analysis/own-files/model-from-file.ts'
import { mostOwnFiles } from '../limits.ts'

/** A file of events of one's own, kept in this browser. */
export interface OwnFile extends OwnModel {
  /** As it was dropped, and without folder and endings. */
  name: string
  title: string
  kind: FileModel['kind']
  /** Events in it. */
  read: number
  /** Of the file. */
  size: number
}

/** The file itself. */
export interface EventFile {
  name: string
  bytes: Uint8Array<ArrayBuffer>
}

/** A type and no interface: it names the types of own models. */
type OwnFileTypes = { entry: OwnFile; model: EventFile & { id: string; hash: string }; files: EventFile }

export type OwnFiles = OwnModels<OwnFileTypes>

/** The name must stay: files of earlier visits lie under it. */
export function createOwnFiles(platform: Pick<Platform, 'records' | 'now'>): OwnFiles {
  return createOwnModels<OwnFileTypes>({
    records: platform.records<OwnModelRecord<OwnFileTypes>>('theoryscape-event-files', 'files'),
    now: platform.now,
    ...{ noun: 'file of events', most: mostOwnFiles, again: 'Drop the file again.' },
    entryOf: ({ id, hash, origin, name, title, kind, read, size }) => ({
      ...{ id, hash, origin, name, title, kind, read, size },
    }),
  })
}

/** What a list shows of a file that was read. Its content is in its id: links and checkpoints mean no other file. */
export async function ownFileOf(
  { name, bytes }: EventFile,
  { model, kind, read }: FileModel,
): Promise<OwnFile> {
  const hash = await sha256Hex(bytes)
  const id = `${model.id.slice(0, 50).replace(/-+$/, '')}-${hash.slice(0, 12)}`
  return { id, hash, origin: 'file', name, title: model.title, kind, read, size: bytes.length }
}

/** The bytes of a kept file. @throws AppError 'data/not-found' or 'model/corrupt' where they are not what was kept */
export const eventFile = (files: OwnFiles, id: string): Promise<EventFile> =>
  files.load(id, async (file) => ({ ...file, id, hash: await sha256Hex(file.bytes) }))

/** The files that are models of the dataset of files, in the order of their names. */
export function filesOfDataset(all: readonly OwnFile[], chosen: readonly string[]): OwnFile[] {
  return all
    .filter(({ id }) => chosen.length === 0 || chosen.includes(id))
    .sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : a.id < b.id ? -1 : 1))
}
