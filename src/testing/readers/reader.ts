import { AppError } from '../../errors.ts'
import type { MutationKind } from '../mutations.ts'

/** A parser with a small file that it reads, for whoever damages the file. */
export interface Reader {
  file: Uint8Array
  /** What the file means, as plain data. @throws AppError where it is refused */
  read: (bytes: Uint8Array<ArrayBuffer>) => unknown
  /**
   * Whether another meaning may be read without a word, with the reason: what a format carries no checksum of, no reader can
   * know. By default none may.
   */
  listed?: { why: string; may: (before: never, after: never, kind: MutationKind) => boolean }
}

export const utf8 = (text: string) => new TextEncoder().encode(text)
export const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** What of a file must stay the same wherever it is read. */
export type Card = { shape: string }
export const sameShape = (before: Card, after: Card, kind: MutationKind) =>
  kind !== 'cut' && before.shape === after.shape

export type Sized = { rows: number; columns: number }
export const sameSize = (before: Sized, after: Sized) =>
  after.rows === before.rows && after.columns === before.columns

/** @throws AppError 'data/corrupt' where it is none */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(bytes))
  } catch {
    throw new AppError('data/corrupt', 'no JSON')
  }
}
