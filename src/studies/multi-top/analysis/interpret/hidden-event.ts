import type { HttpOptions } from '../../../../dataset/http.ts'
import { AppError } from '../../../../errors.ts'
import { createForwardPass } from '../../../../ml/transformer/forward-pass.ts'
import { forwardEvent } from '../../../../ml/transformer/reference-forward.ts'
import type { TransformerModel } from '../../../../ml/transformer/transformer-files.ts'
import { TransformerLayout } from '../../../../ml/transformer/transformer-parameters.ts'
import { inUnit, scalingOf, standardised } from '../tokens/token-scaling.ts'
import { loadTransformer, type TransformerSource } from '../transformer-source.ts'
import { sortedObjects, sortedPlaces, withMoved, type MovedObject } from './moved-event.ts'
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
  /** Objects of it that are elsewhere. */
  moved: readonly MovedObject[]
  /** Names the events, of which the errors are kept as long as the same is hidden. */
  eventsKey: string
  /** Of the split by which the events were chosen. */
  splitSeed: number
}

/** What a transformer makes of one event without some of its numbers. */
export interface HiddenEvent {
  event: number
  hidden: readonly number[]
  moved: readonly MovedObject[]
  model: string
  /** Ids of its classes. */
  classes: readonly string[]
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

/** How far it is; with the first one the answer itself, its errors still to come. */
export interface HiddenNews {
  fraction: number
  seen?: HiddenEvent
}

/** Root mean square errors of all tokens over the events of a map. */
interface Spread {
  key: string
  spread: Float64Array
  compared: Uint32Array
}

/** The last ones: an object that is dragged changes none of them. */
let known: Spread | undefined

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
): AsyncGenerator<HiddenNews, HiddenEvent, void> {
  return yield* lookAt(await loadTransformer(request.transformer, http), request)
}

/** The same with a transformer that is here. */
export async function* lookAt(
  { card, parameters }: TransformerModel,
  request: Omit<HiddenEventRequest, 'transformer'>,
): AsyncGenerator<HiddenNews, HiddenEvent, void> {
  const { raw, filled, events, event, hidden, moved, splitSeed, eventsKey } = request
  const { spec } = card.training
  const { tokens, classes, blocks, heads } = spec
  if (raw.length !== events * tokens)
    throw new AppError(
      'data/mismatch',
      `${card.id} takes ${tokens} numbers an event, these have ${raw.length / events}. Choose a transformer of these numbers.`,
      { expected: tokens, actual: raw.length / events },
    )
  const scaling = scalingOf(card)
  const layout = new TransformerLayout(spec)
  const own = filled.subarray(event * tokens, (event + 1) * tokens)
  const row = withMoved(raw.subarray(event * tokens, (event + 1) * tokens), moved)
  // What was learned is in falling energy: a moved object may have to change places for the transformer.
  const places = sortedPlaces(row, own)
  const placed = new Float32Array(tokens)
  places.forEach((place, token) => (placed[place] = row[token]))
  const x = standardised({ events: 1, tokens, values: placed, filled: own }, scaling)
  const mask = new Uint8Array(tokens)
  for (const token of hidden) mask[places[token]] = 1
  const left = forwardEvent(layout, parameters, x, mask)
  const whole = hidden.length > 0 ? forwardEvent(layout, parameters, x, null) : left
  const probabilities = softmax(left.logits)
  const answer = ({ spread, compared }: Omit<Spread, 'key'>): HiddenEvent => ({
    ...{
      event,
      hidden,
      moved,
      model: card.id,
      classes: card.classes,
      heldOut: card.data.splitSeed === splitSeed,
    },
    probabilities,
    whole: softmax(whole.logits),
    entropy: probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0) / Math.log(classes),
    reconstruction: Float64Array.from(places, (place) => inUnit(scaling, place, left.reconstruction[place])),
    ...{ spread, compared },
    attention: unsorted(
      left.blocks.flatMap(({ attention }) => [...objectAttention(attention, spec)]),
      sortedObjects(places),
    ),
    ...{ blocks, heads, objects: attentionObjects },
  })
  const key = JSON.stringify([card.weightsSha256, eventsKey, hidden])
  if (known?.key === key) return answer(known)
  const none = { spread: new Float64Array(tokens).fill(NaN), compared: new Uint32Array(tokens) }
  yield { fraction: 0, seen: answer(none) }
  const errors = errorsOfHidden({ card, parameters }, { raw, filled, events, hidden })
  let next = await errors.next()
  for (; !next.done; next = await errors.next()) yield { fraction: next.value }
  known = { key, ...next.value }
  return answer(known)
}

/** How far the transformer is off over all events with the same numbers hidden. */
async function* errorsOfHidden(
  { card, parameters }: TransformerModel,
  { raw, filled, events, hidden }: Pick<HiddenEventRequest, 'raw' | 'filled' | 'events' | 'hidden'>,
): AsyncGenerator<number, Omit<Spread, 'key'>, void> {
  const { tokens } = card.training.spec
  const scaling = scalingOf(card)
  const values = standardised({ events, tokens, values: raw, filled }, scaling)
  const mask = new Uint8Array(tokens)
  for (const token of hidden) mask[token] = 1
  const pass = await createForwardPass(card.training.spec)
  const squares = new Float64Array(tokens)
  const compared = new Uint32Array(tokens)
  for (let first = 0; first < events; first += atOnce) {
    const rows = Math.min(atOnce, events - first)
    const own = values.subarray(first * tokens, (first + rows) * tokens)
    const masked = new Uint8Array(rows * tokens)
    for (let r = 0; r < rows; r++) masked.set(mask, r * tokens)
    const { reconstruction } = await pass.outputs(parameters, own, rows, masked)
    for (let at = 0; at < rows * tokens; at++) {
      if (filled[first * tokens + at] === 0) continue
      squares[at % tokens] += (reconstruction[at] - own[at]) ** 2
      compared[at % tokens]++
    }
    yield (first + rows) / events
  }
  return {
    spread: squares.map((sum, token) => scaling.deviation[token] * Math.sqrt(sum / compared[token])),
    compared,
  }
}

/** Attention between places as attention between slots. */
function unsorted(attention: number[], places: Uint8Array): Float64Array {
  const n = places.length
  return Float64Array.from(attention, (_, at) => {
    const [head, from, to] = [Math.floor(at / (n * n)), Math.floor(at / n) % n, at % n]
    return attention[(head * n + places[from]) * n + places[to]]
  })
}

function softmax(logits: Float64Array): Float64Array {
  const most = Math.max(...logits)
  const weights = logits.map((logit) => Math.exp(logit - most))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}
