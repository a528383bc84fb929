import { z } from 'zod'
import { AppError } from '../../../../errors.ts'
import { openSealed, sealBytes } from '../../../../numerics/sealed-bytes.ts'
import { stateFromBytes, stateToBytes } from '../../../../statistics/nested-sampling/state-bytes.ts'
import type { NestedState } from '../../../../statistics/nested-sampling/state.ts'

z.config({ jitless: true })

const magic = 'theoryscape-fit-2\n'
const headerSchema = z.object({ key: z.string(), seconds: z.number().nonnegative() })

export interface FitCheckpoint {
  /** Of data and settings: a run goes on only with the same ones. */
  key: string
  /** Time the run took so far. */
  seconds: number
  state: NestedState
}

/** With a checksum: a flipped bit would lead to another posterior, and no one would see it. */
export function fitCheckpointToBytes({
  key,
  seconds,
  state,
}: FitCheckpoint): Promise<Uint8Array<ArrayBuffer>> {
  return sealBytes(magic, { key, seconds }, [stateToBytes(state)])
}

/** @throws AppError 'data/corrupt' for other or altered bytes, 'data/mismatch' where they belong to another fit */
export async function fitCheckpointFromBytes(bytes: Uint8Array, key: string): Promise<FitCheckpoint> {
  const damage = { code: 'data/corrupt', cure: 'Start the fit again.' } as const
  const { header, body } = await openSealed(magic, bytes, damage)
  const parsed = headerSchema.safeParse(header)
  if (!parsed.success)
    throw new AppError('data/corrupt', 'The checkpoint has no readable header. Start the fit again.')
  if (parsed.data.key !== key)
    throw new AppError(
      'data/mismatch',
      `The checkpoint belongs to another fit (${parsed.data.key.slice(0, 12)}…, this one is ${key.slice(0, 12)}…). Set up the fit as it was, or start again.`,
    )
  return { ...parsed.data, state: stateFromBytes(body) }
}
