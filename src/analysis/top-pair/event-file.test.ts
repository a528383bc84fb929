import { describe, expect, it } from 'vitest'
import { readNpy } from '../../dataset/npy.ts'
import type { NumberTable } from '../../dataset/table.ts'
import { featureSets } from '../../generator/observables.ts'
import { topPairProcess } from '../../physics/top-pair/hadronic.ts'
import { toyPdf } from '../../testing/toy-pdf.ts'
import {
  eventsFromTable,
  readEventParquet,
  weightColumns,
  writeEventNpy,
  writeEventParquet,
} from './event-file.ts'
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
  return { rows: rows.length, columns: names.length, data: Float64Array.from(rows.flat()), names, notes: [] }
}

describe('event files', () => {
  it('come back from Parquet as they were', async () => {
    const back = await readEventParquet(await writeEventParquet(table), featureSets['14'])
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
    const data = eventsFromTable(
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
    ).toThrow(/Event 2: met is NaN/)
    expect(() => eventsFromTable(asTable(good, []), ['m_ll'])).toThrow(/no events/)
    expect(() => eventsFromTable(asTable(good, [[1, 1e200]]), ['m_ll'])).toThrow(/met is 1e\+200/)
    expect(() => eventsFromTable(asTable(['m_ll', 'weight_sm'], [[1, -1]]), ['m_ll'])).toThrow(/SM weight -1/)
    expect(() =>
      eventsFromTable(asTable(['m_ll', 'weight_sm', 'weight_td8'], [[1, 1, 1]]), ['m_ll']),
    ).toThrow(/lack weight_td8_td8.*all 3 terms/)
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
