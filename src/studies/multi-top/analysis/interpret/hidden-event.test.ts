import { beforeAll, describe, expect, it } from 'vitest'
import { createRng } from '../../../../numerics/rng.ts'
import { smallTransformer } from '../../../../testing/small-transformer.ts'
import { toyClass } from '../../../../testing/small-multi-top.ts'
import { forwardEvent } from '../../../../ml/transformer/reference-forward.ts'
import type { TransformerModel } from '../../../../ml/transformer/transformer-files.ts'
import { TransformerLayout } from '../../../../ml/transformer/transformer-parameters.ts'
import { eventsOnMap } from '../map/map-events.ts'
import { eventToken, objectScalars, objectToken, plainTokens } from '../tokens/token-layout.ts'
import { lookAt, type HiddenEvent } from './hidden-event.ts'
import type { MovedObject } from './moved-event.ts'
import { attentionObjects, objectAttention } from './object-attention.ts'

const classes = [0, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 200, 5) }))
const map = eventsOnMap(classes, [['a'], ['b']], { perClass: 30, seed: 1 })
const tokens = plainTokens
const event = 40
const hidden = [objectToken(4, 'pt'), eventToken('met')]
let model: TransformerModel

beforeAll(async () => {
  model = await smallTransformer()
})

let asked = 0
/** Each asked of events with a name of their own: no errors are taken from before. */
async function seen(
  own: readonly number[],
  raw = map.raw,
  moved: readonly MovedObject[] = [],
): Promise<HiddenEvent> {
  const { filled, events } = map
  const request = { raw, filled, events, event, hidden: own, moved, splitSeed: 1 }
  const loop = lookAt(model, { ...request, eventsKey: `events ${asked++}` })
  const fractions: number[] = []
  let step = await loop.next()
  while (!step.done) {
    fractions.push(step.value.fraction)
    step = await loop.next()
  }
  expect(fractions.at(-1)).toBe(1)
  return step.value
}

describe('an event without some of its numbers', () => {
  it('is the whole event where nothing is hidden', async () => {
    const { probabilities, whole, entropy, heldOut, attention } = await seen([])
    expect(probabilities).toEqual(whole)
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    expect(entropy).toBeGreaterThan(0)
    expect(entropy).toBeLessThanOrEqual(1)
    expect(heldOut).toBe(true)
    for (let row = 0; row < attention.length; row += attentionObjects)
      expect(attention.subarray(row, row + attentionObjects).reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 9)
  })

  it('is answered without what is hidden, and with the error over the events that have it', async () => {
    const { reconstruction, spread, compared, probabilities } = await seen(hidden)
    const other = map.raw.slice()
    for (const token of hidden) other[event * tokens + token] += 500
    const again = await seen(hidden, other)
    expect(again.reconstruction).toEqual(reconstruction)
    expect(again.probabilities).toEqual(probabilities)
    expect((await seen([], other)).probabilities).not.toEqual(probabilities)

    const { mean, deviation } = model.card.scaling
    const layout = new TransformerLayout(model.card.training.spec)
    const mask = new Uint8Array(tokens)
    for (const token of hidden) mask[token] = 1
    for (const token of hidden) {
      let [sum, count] = [0, 0]
      for (let e = 0; e < map.events; e++) {
        const at = e * tokens
        if (map.filled[at + token] === 0) continue
        const x = Array.from({ length: tokens }, (_, t) =>
          map.filled[at + t] ? (map.raw[at + t] - mean[t]) / deviation[t] : 0,
        )
        const guess =
          mean[token] +
          deviation[token] * forwardEvent(layout, model.parameters, x, mask).reconstruction[token]
        sum += (guess - map.raw[at + token]) ** 2
        count++
        if (e === event) expect(reconstruction[token]).toBeCloseTo(guess, 3)
      }
      expect(compared[token]).toBe(count)
      expect(spread[token] / Math.sqrt(sum / count)).toBeCloseTo(1, 4)
    }
  })

  it('of other numbers than the transformer takes is refused with both counts', async () => {
    const loop = lookAt(model, {
      ...{ raw: map.raw.subarray(0, 99), filled: map.filled.subarray(0, 99) },
      ...{ events: 1, event: 0, hidden: [], moved: [], splitSeed: 1, eventsKey: 'one' },
    })
    await expect(loop.next()).rejects.toThrow(/takes 100 numbers an event, these have 99/)
  })
})

describe('an event with an object elsewhere', () => {
  const own = map.filled.subarray(event * tokens, (event + 1) * tokens)
  const jets = [4, 5].filter((slot) => own[objectToken(slot, 'pt')] === 1)

  it('is what the transformer makes of the event in falling energy, told of its old slots', async () => {
    expect(jets).toEqual([4, 5])
    // The second jet becomes the hardest: for the network, both change places.
    const moved = { slot: 5, pt: 1500, eta: 0.5, phi: 1 }
    const { probabilities, attention, reconstruction } = await seen([objectToken(5, 'pt')], map.raw, [moved])
    const swapped = map.raw.slice()
    const start = event * tokens
    objectScalars.forEach((scalar, k) => {
      swapped[start + objectToken(5, scalar)] = map.raw[start + objectToken(4, scalar)]
      swapped[start + objectToken(4, scalar)] = [
        ...[1500, 0.5, 1, 1500 * Math.cos(1), 1500 * Math.sin(1), 1500 * Math.sinh(0.5)],
      ][k]
    })
    const other = await seen([objectToken(4, 'pt')], swapped)
    expect(probabilities).toEqual(other.probabilities)
    expect(reconstruction[objectToken(5, 'pt')]).toBe(other.reconstruction[objectToken(4, 'pt')])
    const at = (from: number, to: number) => from * attentionObjects + to
    expect(attention[at(5, 4)]).toBe(other.attention[at(4, 5)])
    expect(attention[at(5, 16)]).toBe(other.attention[at(4, 16)])
  })

  it('is answered at once, and with the errors that are known while the same is hidden', async () => {
    const { raw, filled, events } = map
    const ask = (moved: readonly MovedObject[]) =>
      lookAt(model, { raw, filled, events, event, hidden, moved, splitSeed: 1, eventsKey: 'dragged' })
    const first = ask([])
    const news = await first.next()
    if (news.done) throw new Error('errors over the events come later')
    expect(news.value.seen?.spread[hidden[0]]).toBeNaN()
    let step = await first.next()
    while (!step.done) step = await first.next()
    const dragged = await ask([{ slot: 4, pt: 300, eta: 0, phi: 0 }]).next()
    if (!dragged.done) throw new Error('nothing is left to be computed')
    expect(dragged.value.spread).toEqual(step.value.spread)
    expect(dragged.value.probabilities).not.toEqual(step.value.probabilities)
  })
})

it('attention of objects is that of their tokens', () => {
  const rng = createRng(1)
  const attention = Float64Array.from({ length: tokens ** 2 }, () => rng.uniform())
  const own = objectAttention(attention, { heads: 1, tokens })
  let sum = 0
  for (let i = 0; i < 6; i++) for (let j = 96; j < 100; j++) sum += attention[i * tokens + j] / 6
  expect(own[16]).toBeCloseTo(sum, 12)
})
