import * as z from 'zod'
import { AppError } from '../../errors.ts'

z.config({ jitless: true })

/**
 * A transformer over feature tokens: one token a scalar, token_j = x_j w_j + b_j (Gorishniy et al. 2106.11959), blocks
 * with the layer norm first, one more layer norm before two heads: classes from all tokens side by side, and every
 * token's own scalar from that token.
 */
export interface TransformerSpec {
  /** Scalars of an event. */
  readonly tokens: number
  /** Numbers a token is embedded in. */
  readonly width: number
  /** Attention heads, of width / heads numbers each. */
  readonly heads: number
  readonly blocks: number
  readonly classes: number
}

const count = z.number().int().positive()

/** A specification in a file. */
export const transformerSpecSchema: z.ZodType<TransformerSpec> = z.object({
  tokens: count.max(1024),
  width: count.max(512),
  heads: count.max(64),
  blocks: count.max(32),
  classes: count.min(2).max(256),
})

/** Sizes with a name: those of 2511.09335, with a Large that fits a browser. */
export const transformerSizes = {
  'small-1h': { width: 16, heads: 1, blocks: 2 },
  'small-5h': { width: 20, heads: 5, blocks: 2 },
  large: { width: 60, heads: 5, blocks: 3 },
} as const satisfies Record<string, Pick<TransformerSpec, 'width' | 'heads' | 'blocks'>>

export type TransformerSize = keyof typeof transformerSizes

/** Hidden units of a block's MLP, in widths. */
export const hiddenFactor = 4

/** Added to the variance in every layer norm. */
export const layerNormEpsilon = 1e-5

/** @throws AppError 'input/invalid' where heads do not divide the width, or a number is no size */
export function checkSpec(spec: TransformerSpec): void {
  const parsed = transformerSpecSchema.safeParse(spec)
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues
    throw new AppError('input/invalid', `The transformer's ${path.join('.')} cannot be: ${message}.`, {
      ...spec,
    })
  }
  if (spec.width % spec.heads !== 0)
    throw new AppError(
      'input/invalid',
      `${spec.heads} heads do not divide a width of ${spec.width}: each head has width / heads numbers. Choose a width that is a multiple of the heads.`,
      { ...spec },
    )
}
