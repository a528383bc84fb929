import { beforeAll, describe, expect, it } from 'vitest'
import { createRng } from '../../../../numerics/rng.ts'
import { smallTransformer } from '../../../../testing/small-transformer.ts'
import { toyClass } from '../../../../testing/small-multi-top.ts'
import { forwardEvent } from '../../../../ml/transformer/reference-forward.ts'
import type { TransformerModel } from '../../../../ml/transformer/transformer-files.ts'
import { TransformerLayout } from '../../../../ml/transformer/transformer-parameters.ts'
import { eventsOnMap } from '../map/map-events.ts'
import { eventToken, objectToken, plainTokens } from '../tokens/token-layout.ts'
import { lookAt, type HiddenEvent } from './hidden-event.ts'
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

async function seen(own: readonly number[], raw = map.raw): Promise<HiddenEvent> {
  const { filled, events } = map
  const loop = lookAt(model, { raw, filled, events, event, hidden: own, splitSeed: 1 })
  const fractions: number[] = []
  let step = await loop.next()
  while (!step.done) {
    fractions.push(step.value)
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
      ...{ events: 1, event: 0, hidden: [], splitSeed: 1 },
    })
    await expect(loop.next()).rejects.toThrow(/takes 100 numbers an event, these have 99/)
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
