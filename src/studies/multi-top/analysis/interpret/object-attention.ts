import type { TransformerSpec } from '../../../../ml/transformer/transformer-spec.ts'
import { firstEventToken, objectScalars, objectSlots } from '../tokens/token-layout.ts'

/** Objects that attention is summed to: the slots, then the event's own numbers together. */
export const attentionObjects = objectSlots + 1

const objectOf = (token: number): number =>
  token < firstEventToken ? Math.floor(token / objectScalars.length) : objectSlots

/**
 * What objects look at: attention of a token is summed over the tokens of each object, then averaged over those of its own.
 *
 * @param attention  [heads, tokens, tokens] of one block, rows that sum to 1
 * @returns          [heads, objects, objects], rows that sum to 1
 */
export function objectAttention(
  attention: ArrayLike<number>,
  { heads, tokens }: Pick<TransformerSpec, 'heads' | 'tokens'>,
): Float64Array {
  const n = attentionObjects
  const counts = new Uint16Array(n)
  for (let token = 0; token < tokens; token++) counts[objectOf(token)]++
  const out = new Float64Array(heads * n * n)
  for (let h = 0, at = 0; h < heads; h++)
    for (let i = 0; i < tokens; i++) {
      const row = (h * n + objectOf(i)) * n
      for (let j = 0; j < tokens; j++, at++) out[row + objectOf(j)] += attention[at] / counts[objectOf(i)]
    }
  return out
}
