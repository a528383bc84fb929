import { AppError } from '../errors.ts'
import type { ModelFiles } from './model-files.ts'

/** A file as it was dropped: what it is is told by its content, since browsers rename second copies. */
export interface DroppedFile {
  name: string
  bytes: Uint8Array
}

/**
 * The three files of an exported model, from any order and under any name.
 *
 * @throws AppError 'input/invalid' naming those that are missing
 */
export function sortModelFiles(files: readonly DroppedFile[]): ModelFiles {
  const found: Partial<ModelFiles> = {}
  for (const { bytes } of files) {
    if (!isJson(bytes)) {
      found.weights = Uint8Array.from(bytes)
      continue
    }
    const text = new TextDecoder().decode(bytes)
    if (/"format"\s*:\s*"layers-model"/.test(text)) found.model = text
    else found.card = text
  }
  const { card, model, weights } = found
  if (card === undefined || model === undefined || !weights) {
    const missing = [
      card === undefined && 'card.json',
      model === undefined && 'model.json',
      !weights && 'weights.bin',
    ].filter(Boolean)
    throw new AppError(
      'input/invalid',
      `A model has three files, card.json, model.json and weights.bin; got ${files.map(({ name }) => name).join(', ')}, missing ${missing.join(', ')}. Drop all three together.`,
    )
  }
  return { card, model, weights }
}

/** By its beginning: an object, and no byte that text has not. */
export function isJson(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 256)
  return !start.some((byte) => byte < 9) && /^\uFEFF?\s*\{/.test(new TextDecoder().decode(start))
}
