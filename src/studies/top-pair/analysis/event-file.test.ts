import { describe, expect, it } from 'vitest'
import { readCsv } from '../../../dataset/csv.ts'
import { readNpy } from '../../../dataset/npy.ts'
import { writeParquet } from '../../../dataset/parquet.ts'
import type { NumberTable } from '../../../dataset/table.ts'
import { featureSets } from '../../../generator/observables.ts'
import { topPairProcess } from '../../../physics/top-pair/hadronic.ts'
import { toyPdf } from '../../../testing/toy-pdf.ts'
import { writeRoot } from '../../../testing/root-file/write-root.ts'
import { eventsFromTable, readEvents, weightColumns, writeEventNpy, writeEventParquet } from './event-file.ts'
import { generateSample, joinSamples, type SampleRequest } from './generate-sample.ts'

const request: SampleRequest = {
  process: topPairProcess({ pdf: toyPdf(), operators: ['td8', 'tq8'] }),
  points: 3000,
  seed: 4,
  observables: featureSets['14'],
  detector: null,
  selection: null,
  unweightAt: null,
}

function sample(changes: Partial<SampleRequest> = {}) {
  const run = generateSample({ ...request, ...changes })
  for (;;) {
    const step = run.next()
    if (step.done) return step.value
  }
}

const { table, summary } = sample()

function asTable(names: string[], rows: number[][]): NumberTable {
  return {
    rows: rows.length,
    columns: names.length,
    data: Float64Array.from(rows.flat()),
    names,
    passedOver: [],
    notes: [],
  }
}

describe('event files', () => {
  it('come back from Parquet as they were', async () => {
    const { events: back } = await readEvents('e.parquet', await writeEventParquet(table), featureSets['14'])
    expect(back.operators).toEqual(['td8', 'tq8'])
    expect(back.rows).toBe(table.rows)
    expect(Buffer.compare(Buffer.from(back.weights.buffer), Buffer.from(table.weights.buffer))).toBe(0)
    expect(back.columns.met!.every((value, i) => value === table.columns.met![i])).toBe(true)
  })

  it('hold the same numbers as npy', () => {
    const { files, features, weights } = writeEventNpy(table)
    const [x, w] = files.map(({ bytes }) => readNpy(bytes))
    expect(x.shape).toEqual([table.rows, 14])
    expect(w.shape).toEqual([table.rows, 6])
    expect(weights).toEqual(weightColumns(['td8', 'tq8']))
    expect(weights[4]).toBe('weight_td8_tq8')
    expect(x.data[5 * 14 + features.indexOf('m_ll')]).toBe(table.columns.m_ll![5])
  })

  it('without weights are data that count one each', () => {
    const { events: data } = eventsFromTable(
      asTable(
        ['m_ll', 'other'],
        [
          [50, 1],
          [60, 2],
        ],
      ),
      ['m_ll'],
    )
    expect([...data.weights]).toEqual([1, 1])
    expect(data.operators).toEqual([])
  })

  it('are refused with missing columns, NaN or a negative rate', () => {
    const good = ['m_ll', 'met']
    expect(() => eventsFromTable(asTable(good, [[1, 2]]), ['pt_ll'])).toThrow(
      /lack the column pt_ll.*m_ll, met/,
    )
    expect(() =>
      eventsFromTable(
        asTable(good, [
          [1, 2],
          [1, NaN],
        ]),
        ['m_ll'],
      ),
    ).toThrow(/1 of 2 events are damaged, .*event 2: met is NaN/)
    expect(() => eventsFromTable(asTable(good, []), ['m_ll'])).toThrow(/no events/)
    expect(() => eventsFromTable(asTable(good, [[1, 1e200]]), ['m_ll'])).toThrow(/met is 1e\+200/)
    expect(() => eventsFromTable(asTable(['m_ll', 'weight_sm'], [[1, -1]]), ['m_ll'])).toThrow(/SM weight -1/)
    expect(() =>
      eventsFromTable(asTable(['m_ll', 'weight_sm', 'weight_td8'], [[1, 1, 1]]), ['m_ll']),
    ).toThrow(/lack weight_td8_td8.*all 3 terms/)
  })
})

describe('columns with other names', () => {
  const branches = [
    { name: 'Lep_pt', type: 'F' as const, values: [30_000, 40_000] },
    { name: 'm_ll', type: 'D' as const, values: [1, 2] },
    { name: 'mass', type: 'D' as const, values: [90, 91] },
    { name: 'w', type: 'D' as const, values: [2, 3] },
  ]
  const csv = [
    branches.map(({ name }) => name).join(','),
    ...[0, 1].map((i) => branches.map(({ values }) => values[i]).join(',')),
  ].join('\n')
  const pick = {
    columns: { pt_l1: 'Lep_pt', pt_l_leading: 'Lep_pt', m_ll: 'mass', weight: 'w' },
    factors: { pt_l1: 1e-3, pt_l_leading: 1e-3 },
  }

  it.each([
    ['a ROOT tree', writeRoot({ trees: [{ name: 't', branches }] })],
    ['CSV', new TextEncoder().encode(csv)],
  ])('of %s are taken by their names, one for several, in GeV', async (_, bytes) => {
    const { events, weighted, notes } = await readEvents('f', bytes, ['pt_l1', 'm_ll'], pick)
    expect(events.columns).toEqual({
      pt_l1: Float32Array.of(30, 40),
      pt_l_leading: Float32Array.of(30, 40),
      m_ll: Float32Array.of(90, 91),
    })
    expect([weighted, ...events.weights]).toEqual([true, 2, 3])
    expect(notes).toEqual(['The column weight is taken as the weight of each event.'])
    await expect(readEvents('f', bytes, ['pt_l1'], { columns: { pt_l1: 'Lep' } })).rejects.toThrow(
      /^f: the file has no column of numbers Lep, which is asked for as pt_l1; it has /,
    )
    await expect(readEvents('f', bytes, ['pt_l1'])).rejects.toThrow(
      /or say which is which \(--branches pt_l1=NAME\)/,
    )
  })
})

describe('damaged events of a table', () => {
  const names = ['pt_l1', 'eta_l1', 'weight_sm']
  const rows = Array.from({ length: 300 }, (_, i) => [30 + i, 0.01 * i, 2])
  const text = (lines: (number | string)[][]) =>
    new TextEncoder().encode([names.join(','), ...lines.map((line) => line.join(','))].join('\n'))
  const at = (row: number, column: number, value: number) =>
    rows.map((line, i) => (i === row ? line.with(column, value) : line))
  const parquet = (lines: number[][]) =>
    writeParquet(names.map((name, k) => ({ name, data: Float64Array.from(lines, (line) => line[k]) })))

  it.each([
    [NaN, 'pt_l1 is NaN'],
    [Infinity, 'pt_l1 is Infinity'],
    [1e200, 'pt_l1 is 1e\\+200'],
    [0, 'pt_l1 is 0, along the beam eta_l1 has no value'],
  ])('are left out and told, from CSV with the line and from Parquet: %d', async (value, why) => {
    const damaged = at(100, 0, value)
    const csv = eventsFromTable(readCsv(text(damaged)), ['pt_l1', 'eta_l1'])
    expect(csv.events.rows).toBe(299)
    expect(csv.notes[0]).toMatch(
      new RegExp(`^1 of 300 events is damaged and left out \\(event 101 \\(line 102\\): ${why}\\)\\.$`),
    )
    const { events, notes } = await readEvents('e.parquet', await parquet(damaged), ['pt_l1', 'eta_l1'])
    expect(events).toEqual(csv.events)
    expect(notes[0]).toMatch(new RegExp(`event 101: ${why}`))
  })

  it('above one in a hundred refuse the file', () => {
    const lines = rows.map((line, i) => (i % 50 ? line : line.with(1, NaN)))
    expect(() => eventsFromTable(readCsv(text(lines)), ['pt_l1'])).toThrow(
      /^6 of 300 events are damaged, at most 1 % .*event 1 \(line 2\).*event 101 \(line 102\): eta_l1 is NaN; and 3 more/,
    )
  })

  it('with weights that no cross-section can have refuse the file', () => {
    for (const weight of [1e31, -Infinity])
      expect(() => eventsFromTable(readCsv(text(at(7, 2, weight))), ['pt_l1'])).toThrow(
        /^event 8 \(line 9\): the weight weight_sm is (1e\+31|-Infinity) pb, at most 1e\+30/,
      )
    expect(eventsFromTable(readCsv(text(at(7, 2, NaN))), ['pt_l1']).notes[0]).toMatch(
      /event 8 .*weight_sm is NaN/,
    )
  })
})

describe('samples', () => {
  it('are summarised with cross-sections before and after cuts', () => {
    expect(summary.events).toBe(table.rows)
    const { value, error } = summary.fiducialPb['1']
    expect(Math.abs(value - summary.sigmaPb['1']) / error).toBeLessThan(4)
  })

  it('unweighted at c have one weight there and the same cross-section', () => {
    const unweighted = sample({ unweightAt: [0.5, -0.2] })
    const { terms, weights, rows } = unweighted.table
    expect(rows).toBeLessThan(table.rows)
    let sum = 0
    let [low, high] = [Infinity, 0]
    for (let i = 0; i < rows; i++) {
      const w = weights.subarray(i * terms, (i + 1) * terms)
      const rate = w[0] + 0.5 * w[1] - 0.2 * w[2] + 0.25 * w[3] - 0.1 * w[4] + 0.04 * w[5]
      sum += rate
      low = Math.min(low, rate)
      high = Math.max(high, rate)
    }
    expect(high / low - 1).toBeLessThan(1e-9)
    const f = summary.fiducialPb
    const expected =
      f['1'].value + 0.5 * f.td8.value - 0.2 * f.tq8.value + 0.25 * f['td8^2'].value + 0.04 * f['tq8^2'].value
    expect(sum / expected).toBeCloseTo(1, 9)
  })

  it('joined from parts are those made in one go, unweighting included', () => {
    const changes = { points: 9000, unweightAt: [0.5, -0.2] }
    const part = (from: number, to: number) => {
      const run = generateSample({ ...request, ...changes, unweightAt: null }, [from, to])
      let step = run.next()
      while (!step.done) step = run.next()
      return step.value
    }
    const whole = sample(changes)
    const joined = joinSamples({ ...request, ...changes }, [part(0, 1), part(1, 3)])
    expect(joined.summary).toEqual(whole.summary)
    expect(
      Buffer.compare(Buffer.from(joined.table.weights.buffer), Buffer.from(whole.table.weights.buffer)),
    ).toBe(0)
  })

  it('cannot be unweighted in parts', () => {
    const part = generateSample({ ...request, points: 10_000, unweightAt: [0, 0] }, [0, 1])
    expect(() => part.next()).toThrow(/Join the parts first/)
  })
})
