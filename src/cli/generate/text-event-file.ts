import { open } from 'node:fs/promises'
import * as z from 'zod'
import { AppError } from '../../errors.ts'
import type { EventFile, EventFileSetup } from './event-file.ts'

const section = 'text-file'
const stateSchema = z.object({ bytes: z.number().int().nonnegative() })

interface TextParts {
  /** The same number of bytes whatever the cross-section. */
  head(crossSectionPb: number, errorPb: number): string
  tail: string
}

/** Blocks of text behind a head that is written again at the end. */
export async function openTextEventFile(
  { path, stored }: EventFileSetup,
  { head, tail }: TextParts,
): Promise<EventFile> {
  let bytes = bytesIn(stored[section]) ?? Buffer.byteLength(head(0, 0))
  const file = await open(path, Object.hasOwn(stored, section) ? 'r+' : 'w')
  await file.truncate(bytes)
  const append = async (text: string) => void (bytes += (await file.write(text, bytes)).bytesWritten)
  return {
    blocksAtOnce: 1,
    async append(blocks) {
      for (const block of blocks) if (block.kind === 'text') await append(block.text)
    },
    state: () => ({ [section]: new TextEncoder().encode(JSON.stringify({ bytes })) }),
    async finish(crossSectionPb, errorPb) {
      await append(tail)
      await file.write(head(crossSectionPb, errorPb), 0)
    },
    close: () => file.close(),
  }
}

function bytesIn(state: Uint8Array | undefined): number | undefined {
  if (!state) return undefined
  const parsed = stateSchema.safeParse(JSON.parse(new TextDecoder().decode(state)))
  if (parsed.success) return parsed.data.bytes
  throw new AppError(
    'data/corrupt',
    'The state of the file of events cannot be read. Remove the checkpoint and start anew.',
  )
}
