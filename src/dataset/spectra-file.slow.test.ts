import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { createRng } from '../numerics/rng.ts'
import { writeNpy } from './npy.ts'
import { writeParquet } from './parquet.ts'
import { readSpectraFile } from './spectra-file.ts'

const rng = createRng(1)
const columns = (value: () => number | null) =>
  Array.from({ length: 5 }, (_, c) => ({
    name: `c${c}`,
    data: Array.from({ length: 60 }, value),
    type: 'DOUBLE' as const,
  }))
const coded = columns(() => Math.floor(5 * rng.uniform()))
const withNulls = columns(() => (rng.uniform() < 0.1 ? null : Math.floor(5 * rng.uniform())))
const write = (columnData: ReturnType<typeof columns>, codec: 'SNAPPY' | 'UNCOMPRESSED') =>
  new Uint8Array(parquetWriteBuffer({ columnData, codec, rowGroupSize: 20 }))

const files: [string, Uint8Array][] = [
  ['coded-snappy.parquet', write(coded, 'SNAPPY')],
  ['nulls-snappy.parquet', write(withNulls, 'SNAPPY')],
  ['nulls-plain.parquet', write(withNulls, 'UNCOMPRESSED')],
  [
    'ours.parquet',
    await writeParquet(coded.map(({ name, data }) => ({ name, data: Float32Array.from(data, Number) }))),
  ],
  [
    'array.npy',
    writeNpy(
      Float32Array.from({ length: 100 }, () => rng.uniform()),
      [20, 5],
    ),
  ],
  ['table.csv', new TextEncoder().encode(`m_1_2,m_2_3,m_3_4,m_4_5,m_5_6\n${'1,2,3,4.5,6e-1\n'.repeat(20)}`)],
]

// Every case ends by itself: a run that hangs or takes all memory fails the whole file.
it.each(files)(
  'ten thousand damaged copies of %s end in spectra or an AppError',
  async (name, whole) => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const damaged = whole.slice()
        for (const [at, value] of changes) damaged[at] = value
        try {
          const { data, rows, bins } = await readSpectraFile(name, damaged, { bins: 5 })
          expect(data.length).toBe(rows * bins)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
          refused++
        }
      }),
      { numRuns: 10_000, seed: 1 },
    )
    expect(refused).toBeGreaterThan(100)
  },
  120_000,
)
