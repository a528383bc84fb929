import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { runMlp } from '../../../../ml/mlp.ts'
import { eventsDatasets } from '../../datasets.ts'
import { eventsEncoderFromFiles } from './encoder-files.ts'

it.each(eventsDatasets.map(({ id }) => id))('%s have an encoder that is shipped', async (dataset) => {
  const folder = `models/events-${dataset}-2d`
  const [card, model, weights] = await Promise.all(
    ['card.json', 'model.json', 'weights.bin'].map((file) => readFile(`${folder}/${file}`)),
  )
  const shipped = await eventsEncoderFromFiles({
    ...{ card: card.toString(), model: model.toString(), weights: Uint8Array.from(weights) },
  })
  expect(shipped.card.id).toBe(`events-${dataset}-2d`)
  expect(shipped.card.dataset.id).toBe(dataset)
  const { mlp, perSet } = shipped.encoder
  const place = runMlp(mlp, new Float32Array(perSet * 16), 1)
  expect(place).toHaveLength(2)
  expect(place.every(Number.isFinite)).toBe(true)
})
