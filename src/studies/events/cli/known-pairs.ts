import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { AppError } from '../../../errors.ts'
import { sha256Hex } from '../../../numerics/sha256.ts'
import type { AucOfSets } from '../analysis/distances/distance-report.ts'
import type { KnownPair } from '../analysis/encoder/map-report.ts'

const areasSchema = z.record(z.string().regex(/^\d+$/), z.number()).nullable()
const answerSchema = z.object({
  pairs: z.array(
    z.object({
      ...{ a: z.string(), b: z.string(), aucSupervised: areasSchema, aucExact: areasSchema },
      errors: z.object({ aucSupervised: areasSchema, aucExact: areasSchema }),
    }),
  ),
})

/**
 * What an answer of latent-distances says of pairs without a map: areas of networks, and limits.
 *
 * @throws AppError 'data/corrupt' for another file, 'data/mismatch' where it lacks a pair of these models
 */
export async function readKnownPairs(
  path: string,
  ids: readonly string[],
): Promise<{ pairs: KnownPair[]; hash: string }> {
  const bytes = readFileSync(path)
  let answer: z.infer<typeof answerSchema>
  try {
    answer = answerSchema.parse(JSON.parse(bytes.toString()))
  } catch {
    throw new AppError('data/corrupt', `${path} is no answer of latent-distances. Write one with --sets 1.`)
  }
  const pairs = answer.pairs.map(({ a, b, aucSupervised, aucExact, errors }) => ({
    ...{ a, b, aucSupervised: areas(aucSupervised, errors.aucSupervised) ?? [] },
    aucExact: areas(aucExact, errors.aucExact),
  }))
  const has = (a: string, b: string) =>
    pairs.some((own) => [own.a, own.b].every((id) => id === a || id === b))
  const lacking = ids.flatMap((b, j) => ids.slice(0, j).flatMap((a) => (has(a, b) ? [] : [`${a} and ${b}`])))
  if (lacking.length > 0)
    throw new AppError(
      'data/mismatch',
      `${path} has ${pairs.length} pairs and lacks ${lacking.length} of ours, such as ${lacking[0]}. Write one of all models of this dataset.`,
      { pairs: pairs.length, lacking: lacking.length },
    )
  return { pairs, hash: await sha256Hex(new Uint8Array(bytes)) }
}

function areas(
  values: Record<string, number> | null,
  errors: Record<string, number> | null,
): AucOfSets[] | null {
  if (!values) return null
  return Object.entries(values).map(([perSet, value]) => ({
    perSet: Number(perSet),
    auc: { value, error: errors?.[perSet] ?? Number.NaN },
  }))
}
