import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { folderOf, modelOption } from '../../../cli/folder-options.ts'
import { checkInputFolder } from '../../../cli/options/check-paths.ts'
import { eventsEncoderFromFiles } from '../analysis/encoder/encoder-files.ts'
import type { MapEncoder } from '../analysis/map-encoder.ts'

/** An encoder of sets of events: a shipped id, or a folder with card.json. @throws AppError, see eventsEncoderFromFiles */
export async function openEncoder(idOrPath: string): Promise<MapEncoder> {
  checkInputFolder(modelOption, idOrPath)
  const folder = folderOf(modelOption, idOrPath)
  const [card, model, weights] = await Promise.all(
    ['card.json', 'model.json', 'weights.bin'].map((name) => readFile(join(folder, name))),
  )
  const files = { card: card.toString(), model: model.toString(), weights: new Uint8Array(weights) }
  return (await eventsEncoderFromFiles(files)).encoder
}
