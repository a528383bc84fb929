import type { HttpOptions } from '../../../../dataset/http.ts'
import { AppError } from '../../../../errors.ts'
import { forwardEvent } from '../../../../ml/transformer/reference-forward.ts'
import type { TransformerModel } from '../../../../ml/transformer/transformer-files.ts'
import { TransformerLayout } from '../../../../ml/transformer/transformer-parameters.ts'
import { kernelOf } from '../map/learned-space.ts'
import { inUnit, scalingOf, standardised } from '../tokens/token-scaling.ts'
import { loadTransformer, type TransformerSource } from '../transformer-source.ts'
import { attentionObjects, objectAttention } from './object-attention.ts'

export interface HiddenEventRequest {
  transformer: TransformerSource
  /** [events, tokens] GeV and radians, and which of them there are: of all events on the map */
  raw: Float32Array
  filled: Uint8Array
  events: number
  /** The one that is looked at. */
  event: number
  /** Tokens that the transformer is not shown. */
  hidden: readonly number[]
  /** Of the split by which the events were chosen. */
  splitSeed: number
}

/** What a transformer makes of one event without some of its numbers. */
export interface HiddenEvent {
  event: number
  hidden: readonly number[]
  model: string
  /** The transformer was trained by the same split: none of these events was seen in training. */
  heldOut: boolean
  /** [classes] from what is left, and from the whole event */
  probabilities: Float64Array
  whole: Float64Array
  /** Of `probabilities`, over ln(classes): 0 for certain, 1 for all alike. */
  entropy: number
  /** [tokens] what it puts in their place, in their units; for tokens that are shown as well */
  reconstruction: Float64Array
  /** [tokens] root mean square error over the events that have it, with the same tokens hidden; NaN where none has */
  spread: Float64Array
  /** [tokens] how many events that is */
  compared: Uint32Array
  /** [blocks, heads, objects, objects] rows that sum to 1: what each object looks at */
  attention: Float64Array
  blocks: number
  heads: number
  objects: number
}

/** Events between two reports. */
const atOnce = 50

/**
 * The transformer's view of one event, and how far it is off over all events of the map with the same numbers hidden.
 *
 * @throws AppError 'model/corrupt' as readTransformerFiles, 'data/mismatch' for a transformer of other tokens, errors of
 *         fetching
 */
export async function* hiddenEvent(
  request: HiddenEventRequest,
  http: HttpOptions,
): AsyncGenerator<number, HiddenEvent, void> {
  return yield* lookAt(await loadTransformer(request.transformer, http), request)
}

/** The same with a transformer that is here. */
export async function* lookAt(
  { card, parameters }: TransformerModel,
  { raw, filled, events, event, hidden, splitSeed }: Omit<HiddenEventRequest, 'transformer'>,
): AsyncGenerator<number, HiddenEvent, void> {
  const { spec } = card.training
  const { tokens, classes, blocks, heads } = spec
  if (raw.length !== events * tokens)
    throw new AppError(
      'data/mismatch',
      `${card.id} takes ${tokens} numbers an event, these have ${raw.length / events}. Choose a transformer of these numbers.`,
      { expected: tokens, actual: raw.length / events },
    )
  const scaling = scalingOf(card)
  const values = standardised({ events, tokens, values: raw, filled }, scaling)
  const mask = new Uint8Array(tokens)
  for (const token of hidden) mask[token] = 1
  const layout = new TransformerLayout(spec)
  const kernel = await kernelOf(layout)

  const squares = new Float64Array(tokens)
  const compared = new Uint32Array(tokens)
  for (let first = 0; first < events; first += atOnce) {
    const rows = Math.min(atOnce, events - first)
    const own = values.subarray(first * tokens, (first + rows) * tokens)
    const masked = new Uint8Array(rows * tokens)
    for (let r = 0; r < rows; r++) masked.set(mask, r * tokens)
    const reconstruction = kernel
      ? (await kernel.outputs(parameters, own, rows, masked)).reconstruction
      : Array.from({ length: rows }, (_, r) => [
          ...forwardEvent(layout, parameters, own.subarray(r * tokens, (r + 1) * tokens), mask)
            .reconstruction,
        ]).flat()
    for (let at = 0; at < rows * tokens; at++) {
      if (filled[first * tokens + at] === 0) continue
      squares[at % tokens] += (reconstruction[at] - own[at]) ** 2
      compared[at % tokens]++
    }
    yield (first + rows) / events
  }

  const x = values.subarray(event * tokens, (event + 1) * tokens)
  const left = forwardEvent(layout, parameters, x, mask)
  const probabilities = softmax(left.logits)
  return {
    ...{ event, hidden, model: card.id, heldOut: card.data.splitSeed === splitSeed },
    probabilities,
    whole: softmax(forwardEvent(layout, parameters, x, null).logits),
    entropy: probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0) / Math.log(classes),
    reconstruction: left.reconstruction.map((value, token) => inUnit(scaling, token, value)),
    spread: squares.map((sum, token) => scaling.deviation[token] * Math.sqrt(sum / compared[token])),
    compared,
    attention: Float64Array.from(
      left.blocks.flatMap(({ attention }) => [...objectAttention(attention, spec)]),
    ),
    ...{ blocks, heads, objects: attentionObjects },
  }
}

function softmax(logits: Float64Array): Float64Array {
  const most = Math.max(...logits)
  const weights = logits.map((logit) => Math.exp(logit - most))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}
