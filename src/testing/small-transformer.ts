import { createRng } from '../numerics/rng.ts'
import { usualTransformerTraining } from '../ml/transformer/transformer-config.ts'
import {
  readTransformerFiles,
  writeTransformerFiles,
  type TransformerModel,
} from '../ml/transformer/transformer-files.ts'
import { initialiseTransformer, TransformerLayout } from '../ml/transformer/transformer-parameters.ts'
import { tokenInfos } from '../studies/multi-top/analysis/tokens/token-layout.ts'

const sha256 = 'ab'.repeat(32)

/** A transformer of 100 tokens and two classes as it begins, through its files. */
export async function smallTransformer(): Promise<TransformerModel> {
  const spec = { tokens: 100, width: 8, heads: 2, blocks: 1, classes: 2 }
  const { card, weights } = await writeTransformerFiles(
    {
      ...{ id: 'small', title: 'Small', description: 'For tests.' },
      tokens: tokenInfos.slice(0, 100).map(({ id }) => id),
      ...{ classes: ['0t', '4t'], training: { ...usualTransformerTraining, spec } },
      scaling: {
        mean: Array.from({ length: 100 }, (_, token) => token % 7),
        deviation: Array.from({ length: 100 }, (_, token) => 1 + (token % 40)),
      },
      data: {
        samples: ['0t', '4t'].map((id) => ({ id, sha256 })),
        ...{ splitSeed: 1, most: null, events: { training: 70, validation: 15, test: 15 } },
      },
      ...{ epochs: { best: 1, done: 1 }, metrics: {}, engine: 'kernels-simd', product: 'test' },
    },
    initialiseTransformer(new TransformerLayout(spec), createRng(1)),
  )
  return readTransformerFiles(card, weights)
}
