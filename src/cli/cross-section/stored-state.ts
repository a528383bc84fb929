import * as z from 'zod'
import { AppError } from '../../errors.ts'
import type { IntegrationPlan, IntegrationState } from '../../generator/hard-process/integrate.ts'
import type { Sections } from '../resumable-run.ts'

const section = 'integration'

const edges = z.array(z.number().min(0).max(1)).max(10_000)
const schema = z.object({
  round: z.number().int().nonnegative(),
  parts: z.array(
    z.object({
      beams: edges,
      final: edges,
      pilot: z.tuple([z.number(), z.number()]),
      points: z.number().int().nonnegative(),
      sum: z.number(),
      sum2: z.number(),
      clipped: z.number(),
    }),
  ),
})

/** Numbers come back from JSON to the bit. */
export function stateToSections(state: IntegrationState): Sections {
  return { [section]: new TextEncoder().encode(JSON.stringify(state)) }
}

/** @throws AppError 'data/corrupt' for a state that is not that of the plan */
export function stateFromSections(
  stored: Readonly<Sections>,
  { dimensions }: IntegrationPlan,
): IntegrationState | undefined {
  if (!Object.hasOwn(stored, section)) return undefined
  try {
    const state = schema.parse(JSON.parse(new TextDecoder().decode(stored[section])))
    if (state.parts.length === dimensions.length) return state
  } catch {
    // Told below.
  }
  throw new AppError(
    'data/corrupt',
    'The state of the integration cannot be read. Remove the checkpoint and start anew.',
  )
}
