import type { HttpOptions } from '../../../../dataset/http.ts'
import { createTransformerBackend } from '../../../../ml/transformer/create-transformer-backend.ts'
import { transformerCheckpointFromBytes } from '../../../../ml/transformer/transformer-checkpoint.ts'
import { readTransformerFiles, writeTransformerFiles } from '../../../../ml/transformer/transformer-files.ts'
import { sha256Hex } from '../../../../numerics/sha256.ts'
import { product } from '../../../../product.ts'
import { tokenInfos } from '../tokens/token-layout.ts'
import { scalingOf } from '../tokens/token-scaling.ts'
import { evaluateTransformer } from '../transformer/evaluate-transformer.ts'
import { loadTransformer, type TransformerFiles } from '../transformer-source.ts'
import { evaluationBatch, type TrainingRequest } from './train-job.ts'
import { readTrainingData } from './training-data.ts'

export interface WriteTransformerRequest extends TrainingRequest {
  checkpoint: Uint8Array
  /** Those of the checkpoint itself, or those of the lowest validation loss until then. */
  weights: 'now' | 'best'
  title: string
}

/**
 * Card and weights of a moment of a training, with what it reaches on test events that it never saw.
 *
 * @throws AppError 'model/corrupt' for the checkpoint, and as readTrainingData
 */
export async function* writeTransformer(
  { checkpoint, weights, title, ...request }: WriteTransformerRequest,
  http: HttpOptions,
): AsyncGenerator<number, TransformerFiles & { id: string }, void> {
  const { config, engine, best, history } = await transformerCheckpointFromBytes(checkpoint)
  const parameters = weights === 'best' && best ? best.parameters : engine.parameters
  const model = await loadTransformer(request.model, http)
  const data = yield* readTrainingData(request.data, scalingOf(model.card), http)
  const { corpus, training, validation, test, samples } = data
  const backend = await createTransformerBackend('kernels', config.spec)
  try {
    const batch = evaluationBatch(data, test, request.data.splitSeed)
    const metrics = await evaluateTransformer(backend, parameters, batch, corpus.classes)
    const bytes = new Uint8Array(parameters.slice().buffer)
    const id = `trained-${(await sha256Hex(bytes)).slice(0, 12)}`
    const { classes, labels, splitSeed } = request.data
    const files = await writeTransformerFiles(
      {
        ...{ id, title, classes: [...corpus.classes], training: config, metrics },
        tokens: tokenInfos.slice(0, corpus.tokens).map((token) => token.id),
        description: `Trained in the page on ${labels} events${classes === 'tops' ? '' : ' of two processes'}, ${request.scratch ? 'from random weights' : `from ${model.card.title} with a new head for the classes`}; numbers are of ${test.length} test events.`,
        scaling: model.card.scaling,
        data: {
          // A card names two samples at least; the two processes are of one.
          samples: samples.length > 1 ? samples : [samples[0], samples[0]],
          ...{ splitSeed, most: null },
          events: { training: training.length, validation: validation.length, test: test.length },
        },
        epochs: { best: weights === 'best' && best ? best.epoch : history.length, done: history.length },
        ...{ engine: backend.name, product },
      },
      parameters,
    )
    // Read back as any other, so that what is kept can be opened.
    await readTransformerFiles(files.card, files.weights)
    return { id, ...files }
  } finally {
    backend.dispose()
  }
}
