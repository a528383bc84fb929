import { AppError } from '../../errors.ts'
import { gunzip } from '../gunzip.ts'
import { unpackEvents } from './pack-events.ts'
import type { SampleEvents } from './sample-events.ts'
import type { SampleManifest } from './sample-manifest.ts'

/** More than any block of a sample unpacks to. */
const mostBlockBytes = 64 * 1024 * 1024

/**
 * The events of one block, whose hash has been checked.
 *
 * @throws AppError 'data/corrupt' where it does not hold what the manifest says
 */
export async function readBlock(
  manifest: SampleManifest,
  block: number,
  packed: Uint8Array,
): Promise<SampleEvents> {
  const pieces: Uint8Array[] = []
  for await (const piece of gunzip(packed, mostBlockBytes)) pieces.push(piece)
  const events = unpackEvents(joined(pieces))
  const { events: stated } = manifest.blocks[block]
  if (events.events !== stated)
    throw new AppError(
      'data/corrupt',
      `Block ${block} of ${manifest.file} has ${events.events} events, its manifest says ${stated}. Fetch both again.`,
    )
  const part = events.part.find((own) => own >= manifest.parts.length)
  if (part !== undefined)
    throw new AppError(
      'data/corrupt',
      `Block ${block} of ${manifest.file} has an event of process ${part}, its manifest has ${manifest.parts.length}. Fetch both again.`,
    )
  return events
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
