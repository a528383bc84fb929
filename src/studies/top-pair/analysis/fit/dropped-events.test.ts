import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { writeNpy } from '../../../../dataset/npy.ts'
import { writeParquet } from '../../../../dataset/parquet.ts'
import { featureMatrix, selectRows, type EventTable } from '../../../../generator/event-table.ts'
import type { ObservableName } from '../../../../generator/observables.ts'
import { smallLhe } from '../../../../testing/small-lhe.ts'
import { writeEventParquet } from '../event-file.ts'
import { prepareFit } from './fit-data.ts'
import type { DroppedEvents, FitData } from './fit-jobs.ts'
import { namedSetups } from '../../named-setups.ts'
import { fitColumns } from './fit-columns.ts'
import { createPoolStore, generatePool } from './fit-pool.ts'
import type { FitSetup } from './fit-setup.ts'
import { generateSample } from '../generate-sample.ts'
import { setupProcess, setupSelections } from './setup-process.ts'

const setup: FitSetup = { ...namedSetups['thesis-inspired'].setup, preset: 'parton', observedEvents: 800 }
const poolOf = createPoolStore()

async function prepare(changes: Partial<FitSetup> = {}, dropped: DroppedEvents | null = null) {
  const run = prepareFit({ setup: { ...setup, ...changes }, dropped }, poolOf)
  let step = await run.next()
  while (!step.done) step = await run.next()
  return step.value
}

function finish<T>(run: Generator<unknown, T>): T {
  let step = run.next()
  while (!step.done) step = run.next()
  return step.value
}

const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0)

/** Events of the same cuts with all that a file can have. */
const table: EventTable = finish(
  generateSample({
    process: setupProcess(setup),
    points: 6000,
    seed: 77,
    observables: [
      ...fitColumns(setup),
      'cos_theta',
      ...(['plus_r', 'plus_n', 'plus_k', 'minus_r', 'minus_n', 'minus_k'] as const),
    ],
    detector: null,
    selection: setupSelections.dilepton,
    unweightAt: [0.45, -0.65],
  }),
).table

const utf8 = (text: string) => new TextEncoder().encode(text)

function csv(
  names: ObservableName[],
  events = table,
  change: (row: number, text: string) => string = (_, t) => t,
) {
  const matrix = featureMatrix(events, names)
  const lines = Array.from({ length: events.rows }, (_, i) =>
    change(i, [...matrix.subarray(i * names.length, (i + 1) * names.length)].join(',')),
  )
  return { name: 'events.csv', bytes: utf8([names.join(','), ...lines].join('\n')) }
}

const needed = fitColumns(setup)

const lhe = (events: number): DroppedEvents => ({ name: 'events.lhe', bytes: utf8(smallLhe(events)) })

describe('dropped events', () => {
  it('reads a Les Houches file with the cuts of the set-up', async () => {
    const data = await prepare({}, lhe(60))
    expect(data.events).toBeGreaterThan(10)
    expect(data.events).toBeLessThan(60)
    expect(data.features.values[0]).toBeCloseTo(900, 1)
    expect(data.source).toBe('dropped')
    // All at one point of production: ratios differ by the lepton directions alone.
    expect(data.exactRatios).toHaveLength(6 * data.events)
    expect(data.exactRatios![3]).not.toBe(data.exactRatios![9])
    for (let i = 0; i < data.events; i++) expect(data.exactRatios![6 * i + 3]).toBeGreaterThan(0)
    expect(data.notes.join()).toMatch(/of 60 events of the Les Houches file pass/)
  })

  it('reads it packed with gzip and below an XML prolog, and applies the cut on m_tt', async () => {
    const plain = lhe(60)
    const packed = { name: 'events.lhe.gz', bytes: new Uint8Array(gzipSync(plain.bytes)) }
    const prolog = utf8('<?xml version="1.0"?>\n')
    const wrapped = { name: 'x.lhe', bytes: Uint8Array.from([...prolog, ...plain.bytes]) }
    const [a, b, c] = [await prepare({}, plain), await prepare({}, packed), await prepare({}, wrapped)]
    expect(b.features.values).toEqual(a.features.values)
    expect(c.features.values).toEqual(a.features.values)
    await expect(prepare({ mttMinGeV: 950 }, plain)).rejects.toThrow(/none of its \d+ events passes the cuts/)
    const cut = { ...packed, bytes: packed.bytes.subarray(0, packed.bytes.length >> 1) }
    await expect(prepare({}, cut)).rejects.toThrow(/^events\.lhe\.gz: .*gzip stream is damaged or cut short/)
  })

  it('takes the exact ratios from weights that are named after their coefficients', async () => {
    const points = [
      ['sm', 0, 0],
      ['td8=1', 1, 0],
      ['td8=-1', -1, 0],
      ['tq8=1', 0, 1],
      ['tq8=-1', 0, -1],
      ['td8=1,tq8=1', 1, 1],
    ] as const
    const rate = (x: number, y: number) => 3 * (1 + 0.2 * x - 0.1 * y + 0.05 * x * x + 0.3 * y * y)
    const tags = points.map(([name, x, y]) => `<wgt id="${name}">${rate(x, y)}</wgt>`).join('')
    const plain = new TextDecoder().decode(lhe(60).bytes)
    const bytes = utf8(plain.replaceAll('</event>', `<rwgt>${tags}</rwgt></event>`))
    const data = await prepare({}, { name: 'w.lhe', bytes })
    expect(data.notes.join()).toMatch(/those of the file's weights for td8, tq8/)
    ;[1, 0.2, -0.1, 0.05, 0, 0.3].forEach((ratio, t) => expect(data.exactRatios![t]).toBeCloseTo(ratio, 12))
  })

  it('reads CSV, npy and Parquet to the same counts', async () => {
    const files: DroppedEvents[] = [
      csv(needed),
      {
        name: 'events.npy',
        bytes: writeNpy(featureMatrix(table, needed), [table.rows, needed.length]),
      },
      {
        name: 'events.parquet',
        bytes: await writeParquet(needed.map((name) => ({ name, data: table.columns[name]! }))),
      },
    ]
    const read: FitData[] = []
    for (const file of files) read.push(await prepare({}, file))
    for (const data of read) {
      expect(data).toMatchObject({ source: 'dropped', events: table.rows, exactRatios: null })
      expect(total(data.counts)).toBe(table.rows)
      expect([...data.counts]).toEqual([...read[0].counts])
      expect(data.notes.join()).toMatch(/names no luminosity/)
      expect(data.notes.join()).toMatch(/taken to hold events after these cuts/)
    }
    expect(new Set(read.map(({ key }) => key)).size).toBe(3)
  })

  it('leaves out one damaged event of CSV, npy, Parquet and Les Houches files, packed or not, and tells it', async () => {
    const spoilt = needed.map((name) => ({ name, data: table.columns[name]!.slice() }))
    spoilt[0].data[4] = NaN
    const text = smallLhe(200)
    const momentum = text.replace(/-11 1 1 2 0 0 \S+/, '-11 1 1 2 0 0 1e200')
    const files: [DroppedEvents, number, RegExp][] = [
      [
        csv(needed, table, (row, line) => (row === 4 ? line.replace(/^[^,]+/, '1e200') : line)),
        table.rows - 1,
        /event 5 \(line 6\): m_tt is 1e\+200/,
      ],
      [
        {
          name: 'events.npy',
          bytes: writeNpy(
            Float32Array.from({ length: table.rows * needed.length }, (_, k) => {
              return spoilt[k % needed.length].data[Math.floor(k / needed.length)]
            }),
            [table.rows, needed.length],
          ),
        },
        table.rows - 1,
        /event 5: m_tt is NaN/,
      ],
      [{ name: 'events.parquet', bytes: await writeParquet(spoilt) }, table.rows - 1, /event 5: m_tt is NaN/],
      [{ name: 'x.lhe', bytes: utf8(momentum) }, 199, /event 1 \(line 2\): px of the l\+ is 1e\+200/],
      [
        { name: 'x.lhe.gz', bytes: new Uint8Array(gzipSync(momentum)) },
        199,
        /event 1 \(line 2\): px of the l\+ is 1e\+200/,
      ],
    ]
    for (const [file, events, told] of files) {
      const data = await prepare({ selection: 'none' }, file)
      expect(data.events, file.name).toBe(events)
      expect(data.notes.join(' '), file.name).toMatch(told)
      expect(data.features.values.every(Number.isFinite), file.name).toBe(true)
    }
  })

  it('takes a stated luminosity', async () => {
    const data = await prepare({ luminosityInvPb: 1234 }, csv(needed))
    expect(data.luminosityInvPb).toBe(1234)
    expect(data.notes.join()).not.toMatch(/names no luminosity/)
    await expect(prepare({ luminosityInvPb: -1 }, csv(needed))).rejects.toThrow(/luminosity is -1/)
  })

  it('finds exact ratios in weight columns and computes the same ones from the truth', async () => {
    const withWeights = await prepare({}, { name: 'w.parquet', bytes: await writeEventParquet(table) })
    const names = Object.keys(table.columns) as ObservableName[]
    const withTruth = await prepare({}, csv(names))
    expect(withWeights.events).toBe(table.rows)
    expect(withTruth.exactRatios).toHaveLength(table.rows * 6)
    for (let k = 0; k < withWeights.exactRatios!.length; k++)
      // Columns are in single precision.
      expect(withTruth.exactRatios![k]).toBeCloseTo(withWeights.exactRatios![k], 3)
  })

  it('makes weighted events equal', async () => {
    const weighted = finish(generatePool({ ...setup, observedEvents: 100 })).table
    const part = selectRows(
      weighted,
      Int32Array.from({ length: 5000 }, (_, i) => i),
    )
    const data = await prepare({}, { name: 'w.parquet', bytes: await writeEventParquet(part) })
    expect(data.events).toBeGreaterThan(300)
    expect(data.events).toBeLessThan(2500)
    expect(data.exactRatios).toHaveLength(data.events * 6)
    expect(data.notes.join()).toMatch(/events are weighted/)
  })

  it('leaves out what fails the cuts of the set-up', async () => {
    const data = await prepare({ mttMinGeV: 900 }, csv(needed))
    expect(data.events).toBeLessThan(table.rows)
    expect(Math.min(...data.features.values.filter((_, i) => i % 2 === 0))).toBeGreaterThan(900)
  })

  it.each<[string, () => DroppedEvents, string, RegExp]>([
    [
      'NaN in more than one event of a hundred',
      () => csv(needed, table, (row, text) => (row % 50 === 4 ? text.replace(/^[^,]+/, 'nan') : text)),
      'data/corrupt',
      /^events\.csv: \d+ of \d+ events are damaged, .*event 5 \(line 6\): m_tt is NaN/,
    ],
    [
      'a missing column',
      () => csv(needed.filter((name) => name !== 'pt_l2')),
      'data/mismatch',
      /lack the column pt_l2/,
    ],
    [
      'a line that is too short',
      () => csv(needed, table, (row, text) => (row === 2 ? '1,2' : text)),
      'data/corrupt',
      /^events\.csv: .*2 columns/,
    ],
    [
      'an array of another width',
      () => ({ name: 'x.npy', bytes: writeNpy(new Float64Array(8), [2, 4]) }),
      'data/mismatch',
      /^x\.npy: the array has the shape \(2, 4\)/,
    ],
    [
      'a picture',
      () => ({ name: 'x.png', bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10) }),
      'data/unsupported',
      /^x\.png/,
    ],
    ['nothing', () => ({ name: 'x.csv', bytes: new Uint8Array() }), 'data/unsupported', /empty file/],
    [
      'too few events for the bins',
      () => csv(needed, selectRows(table, [0, 1, 2])),
      'input/invalid',
      /10 bins are too many for 3 observed/,
    ],
    [
      'events below the cut',
      () => csv(needed, table, (_, text) => text.replace(/^[^,]+/, '400')),
      'data/mismatch',
      /none of its/,
    ],
  ])('refuses %s', async (_, file, code, message) => {
    await expect(prepare({}, file())).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    })
  })

  it('refuses negative weights', async () => {
    const weights = table.weights.map((w) => -w)
    const bytes = await writeEventParquet({ ...table, weights })
    await expect(prepare({}, { name: 'n.parquet', bytes })).rejects.toMatchObject({
      code: 'data/corrupt',
      message: expect.stringMatching(/n\.parquet: .*rate cannot be negative/) as string,
    })
  })
})
