import { expect, it } from 'vitest'
import { sha256Hex } from '../../../numerics/sha256.ts'
import { chooseNetworks, readNetworkFiles } from './choose-networks.ts'

const weights = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)]
const cards = await Promise.all(
  weights.map(async (bytes, i) => {
    const text = JSON.stringify({ kind: 'ratio', id: `n${i}`, weightsSha256: await sha256Hex(bytes) })
    return new File([text], i === 0 ? 'card.json' : 'card (1).json')
  }),
)
const bins = weights.map((bytes, i) => new File([bytes], `weights (${i}).bin`))
const other = new File(['pt_l2\n3\n'], 'events.csv')

it('pairs cards with the weights that they name, whatever both are called', async () => {
  const files = [bins[1], other, cards[0], bins[0], cards[1]]
  const chosen = await chooseNetworks(files)
  expect(chosen.map(({ name }) => name)).toEqual([
    ...['card.json', 'weights (0).bin', 'card (1).json', 'weights (1).bin'],
  ])
  const read = await readNetworkFiles(chosen)
  expect(read.map(({ name, weights }) => [name, Array.from(weights)])).toEqual([
    ['card.json', [1, 2, 3]],
    ['card (1).json', [4, 5, 6]],
  ])
})

it('leaves events and cards of encoders alone', async () => {
  const encoder = new File(['{"kind":"encoder"}'], 'card.json')
  expect(await chooseNetworks([other, encoder, bins[0]])).toEqual([])
})

it('says which weights are not there', async () => {
  await expect(readNetworkFiles([cards[0], bins[1]])).rejects.toThrow(
    /weights that card\.json names by their SHA-256 are not among the 2 files.*Drop both/,
  )
  await expect(readNetworkFiles([other])).rejects.toThrow(/None of the 1 files is such a card/)
})
