import { expect, it } from 'vitest'
import { writeTransformerFiles } from '../../../../ml/transformer/transformer-files.ts'
import { smallTransformer } from '../../../../testing/small-transformer.ts'
import { chooseTransformerFiles } from './choose-transformer-files.ts'
import { importTransformer } from './import-transformer.ts'

const { card: small, parameters } = await smallTransformer()
const bytes = (text: string) => new TextEncoder().encode(text)

async function exported(patch: Partial<typeof small> = {}) {
  const { card, weights } = await writeTransformerFiles({ ...small, ...patch }, parameters)
  return { card: { name: 'card (1).json', bytes: bytes(card) }, weights: { name: 'w', bytes: weights } }
}

it('two files in any order and under any name are the transformer that was exported', async () => {
  const { card, weights } = await exported()
  const made = await importTransformer([weights, card])
  expect(made).toMatchObject({ hash: small.weightsSha256, title: 'Small', classes: ['0t', '4t'] })
  expect(made.id).toBe(`file-${small.weightsSha256.slice(0, 12)}`)
  expect(made.files.weights).toEqual(weights.bytes)
  const trained = await exported({ id: `trained-${small.weightsSha256.slice(0, 12)}` })
  expect((await importTransformer([trained.card, trained.weights])).id).toBe(
    `trained-${small.weightsSha256.slice(0, 12)}`,
  )
})

it('what is no whole transformer of these numbers is refused', async () => {
  const { card, weights } = await exported()
  await expect(importTransformer([card])).rejects.toThrow(/got 1 cards and 0 files of weights/)
  await expect(importTransformer([card, { ...weights, bytes: weights.bytes.slice(4) }])).rejects.toThrow(
    /bytes of weights/,
  )
  const turned = Uint8Array.from(weights.bytes)
  turned[5] ^= 1
  await expect(importTransformer([card, { ...weights, bytes: turned }])).rejects.toThrow(/weights of sha256/)
  const tokens = small.tokens.with(3, 'b1.e')
  const other = await exported({ tokens })
  await expect(importTransformer([other.card, other.weights])).rejects.toThrow(/number 3 of them b1.e/)
})

it('of dropped files a card of a transformer and weights are taken, nothing without such a card', async () => {
  const { card, weights } = await exported()
  const files = [
    new File([weights.bytes], 'weights.bin'),
    new File([card.bytes], 'card.json'),
    new File(['0;x;1;90000;0.5;b,120000,80000,0.5,1;'], 'events.csv'),
  ]
  expect((await chooseTransformerFiles(files)).map(({ name }) => name)).toEqual(['weights.bin', 'card.json'])
  const encoder = new File(['{"kind": "encoder", "weightsSha256": "ab"}'], 'card.json')
  expect(await chooseTransformerFiles([files[0], encoder])).toEqual([])
})
