import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { folderOf, modelOption } from '../../../cli/folder-options.ts'
import { AppError } from '../../../errors.ts'
import { checkInputFolder } from '../../../cli/options/check-paths.ts'
import { eventsEncoderFromFiles } from '../analysis/encoder/encoder-files.ts'
import { forSetsOf, linearEncoder, type MapEncoder } from '../analysis/map-encoder.ts'
import type { ModelEvents } from '../analysis/models.ts'

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

/**
 * The encoder asked for, or the best linear map of some models; for sets of so many events where it takes them.
 *
 * @throws AppError 'input/invalid' where a model takes sets of another size alone; as openEncoder
 */
export async function encoderFor(
  { model, 'per-set': perSet }: { model?: string; 'per-set'?: number },
  models: () => readonly ModelEvents[] | Promise<readonly ModelEvents[]>,
): Promise<MapEncoder> {
  if (model === undefined) return linearEncoder(await models(), perSet ?? 10)
  const encoder = await openEncoder(model)
  const sized = forSetsOf(encoder, perSet ?? encoder.perSet)
  if (perSet !== undefined && sized.perSet !== perSet)
    throw new AppError(
      'input/invalid',
      `--per-set is ${perSet}, but ${encoder.id} takes sets of ${encoder.perSet} events. Leave --per-set out.`,
    )
  return sized
}
