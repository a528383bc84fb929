import { z } from 'zod'
import { AppError } from '../../../errors.ts'
import { stateFromBytes, stateToBytes } from '../../../statistics/nested-sampling/state-bytes.ts'
import type { NestedState } from '../../../statistics/nested-sampling/state.ts'

z.config({ jitless: true })

const magic = 'theoryscape-fit-1\n'
const headerSchema = z.object({ key: z.string(), seconds: z.number().nonnegative() })

export interface FitCheckpoint {
  /** Of data and settings: a run goes on only with the same ones. */
  key: string
  /** Time the run took so far. */
  seconds: number
  state: NestedState
}

export function fitCheckpointToBytes({ key, seconds, state }: FitCheckpoint): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`${magic}${JSON.stringify({ key, seconds })}\n`)
  const body = stateToBytes(state)
  const bytes = new Uint8Array(head.length + body.length)
  bytes.set(head)
  bytes.set(body, head.length)
  return bytes
}

/** @throws AppError 'data/corrupt' for other bytes, 'data/mismatch' where they belong to another fit */
export function fitCheckpointFromBytes(bytes: Uint8Array, key: string): FitCheckpoint {
  const text = new TextDecoder()
  const end = bytes.indexOf(10, magic.length)
  if (end < 0 || text.decode(bytes.subarray(0, magic.length)) !== magic)
    throw new AppError(
      'data/corrupt',
      `${bytes.length} bytes are no checkpoint of a fit: they do not begin with "${magic.trim()}". Start the fit again.`,
    )
  const header = parseHeader(text.decode(bytes.subarray(magic.length, end)))
  if (header.key !== key)
    throw new AppError(
      'data/mismatch',
      `The checkpoint belongs to another fit (${header.key.slice(0, 12)}…, this one is ${key.slice(0, 12)}…). Set up the fit as it was, or start again.`,
    )
  return { ...header, state: stateFromBytes(bytes.subarray(end + 1)) }
}

function parseHeader(line: string): z.infer<typeof headerSchema> {
  try {
    return headerSchema.parse(JSON.parse(line))
  } catch {
    throw new AppError('data/corrupt', 'The checkpoint has no readable header. Start the fit again.')
  }
}
