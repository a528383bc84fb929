import { expect, it } from 'vitest'
import { AppError } from '../../errors.ts'
import { newestHdf5 } from '../../testing/hdf5/hdf5-files.ts'
import { processorMs } from '../../testing/processor-time.ts'
import { openHdf5 } from './read-hdf5.ts'

const file = newestHdf5()
const values = (count: number) => Array.from({ length: count }, (_, i) => (i * i) / 8 - 3)
const { arrays } = openHdf5(file)

async function read(name: string): Promise<[readonly number[], number[]]> {
  const array = arrays.find((each) => each.name === name)
  if (!array) throw new Error(`no ${name} among ${arrays.map((each) => each.name).join(', ')}`)
  return [array.shape, Array.from(await array.read())]
}

it('lists a group of many links, by name', async () => {
  const names = arrays.map(({ name }) => name).filter((name) => name.startsWith('many/'))
  expect(names).toEqual(
    Array.from({ length: 60 }, (_, i) => `many/quantity_with_a_name_${String(i).padStart(2, '0')}`),
  )
  for (const i of [0, 31, 59]) expect(await read(names[i])).toEqual([[1], [i]])
})

it.each(['single', 'fixed', 'fixed_larger', 'rows_grow', 'columns_grow', 'both_grow'])(
  'reads chunks by the index of %s, packed and not',
  async (name) => {
    expect(await read(name)).toEqual([[7, 11], values(77)])
    expect(await read(`packed/${name}`)).toEqual([[7, 11], values(77)])
  },
)

it('reads a tree of several levels, chunks in a row, a named type, and what is left of a larger array', async () => {
  expect(await read('deep_tree')).toEqual([[20, 15], values(300)])
  expect(await read('in_a_row')).toEqual([[7, 11], values(77)])
  expect(await read('of_named_type')).toEqual([[5], values(5)])
  expect(await read('made_smaller')).toEqual([[7, 11], values(77)])
})

it.each([
  ['paged', 3000],
  ['long', 150_000],
])('reads an index in pages, and what was never written: %s', async (name, length) => {
  const written = [0, 5, 700, length / 2, length - 1]
  const expected = Array.from({ length }, () => 7)
  for (const i of written) expected[i] = i
  expect(await read(name)).toEqual([[length], expected])
})

/** Reads all of a file; the sentence of what is wrong with it, or undefined. */
async function fault(bytes: Uint8Array): Promise<string | undefined> {
  try {
    for (const array of openHdf5(bytes).arrays) await array.read()
    return undefined
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(AppError)
    return (thrown as AppError).message
  }
}

it('refuses damaged offsets in a sentence, at once', async () => {
  const text = new TextDecoder('latin1').decode(file)
  const told: string[] = []
  let slowest = 0
  for (const mark of [
    'OHDR',
    'FRHP',
    'FHIB',
    'FHDB',
    'BTHD',
    'BTIN',
    'BTLF',
    'FAHD',
    'FADB',
    'EAHD',
    'EAIB',
    'EASB',
    'EADB',
  ])
    for (let at = text.indexOf(mark), seen = 0; at >= 0 && seen < 1; at = text.indexOf(mark, at + 1), seen++)
      for (const offset of [5, 13, 30, 60, 110]) {
        const damaged = file.slice()
        for (let i = 0; i < 3; i++) damaged[at + offset + i] ^= 0xa5 >> i
        const begin = processorMs()
        const words = await fault(damaged)
        slowest = Math.max(slowest, processorMs() - begin)
        if (words) told.push(words)
      }
  expect(told.length).toBeGreaterThan(20)
  expect(slowest).toBeLessThan(1000)
  for (const words of told) expect(words.length).toBeLessThan(480)
}, 60_000)
