import type { ChannelName } from '../../../../dataset/dark-machines/channels.ts'
import { modelFromFile, type FileModel } from './model-from-file.ts'

export interface ReadFileRequest {
  name: string
  bytes: Uint8Array
  /** null: all events */
  channel: ChannelName | null
}

/** A file of one's own as a model, its events drawn by their weights with the same seed whoever reads it. @throws AppError as modelFromFile */
export const readOwnFile = ({ name, bytes, channel }: ReadFileRequest): Promise<FileModel> =>
  modelFromFile(name, bytes, channel === null ? {} : { channel })
