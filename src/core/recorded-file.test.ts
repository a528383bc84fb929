import * as z from 'zod'
import { expect, it } from 'vitest'
import { packAscending, unpackAscending } from './ascending-numbers.ts'
import { checkedRecord, parseRecorded, quantised, recordedHead, recordedText } from './recorded-file.ts'

it('comes back with its types of arrays, what is no number, and numbers to six digits', () => {
  const result = {
    ...{ date: '2026-12-01', made: 'theoryscape 0.1.0', third: 1 / 3, none: null },
    ...{ doubles: Float64Array.of(1 / 3, NaN), bytes: Uint8Array.of(7), ints: Int32Array.of(-2) },
    list: [1, 2],
  }
  const read = parseRecorded(recordedText(result), 'result')
  expect(read).toEqual({
    ...{ ...result, schemaVersion: 1, third: 0.333333 },
    doubles: Float64Array.of(0.333333, NaN),
  })
})

it('keeps what is drawn to one part in 50,000 of the largest', () => {
  const places = Float32Array.from({ length: 500 }, (_, i) => 7 * Math.sin(i))
  const read = parseRecorded(recordedText({ places: quantised(places) }), 'result') as {
    places: Float32Array
  }
  expect(read.places).toHaveLength(500)
  const misses = read.places.map((value, i) => Math.abs(value - places[i]))
  expect(Math.max(...misses)).toBeLessThan(7 / 50_000)
  expect(quantised(new Float32Array(2)).step).toBe(0)
})

it('writes an array that came before as its place, short ones once more', () => {
  const axis = Float64Array.from({ length: 20 }, (_, i) => i / 7)
  const result = {
    ...{ first: Int32Array.of(1), axis, again: Int32Array.of(1), y: axis.map((x) => x * x) },
    ...{ list: [{ axis: axis.slice() }, { axis: axis.map((x) => x * x) }] },
  }
  const text = recordedText(result)
  expect(text.match(/"same":/g)).toHaveLength(2)
  const read = parseRecorded(text, 'result') as typeof result
  expect(read.list[0].axis).toEqual(read.axis)
  expect(read.list[1].axis).toEqual(read.y)
  read.y.forEach((y, i) => expect(y).toBeCloseTo((i / 7) ** 2, 4))
  expect(read.again).toEqual(result.again)
})

it('keeps sorted numbers to 8 parts in a million, in their order, in two bytes', () => {
  const values = Float64Array.from({ length: 4000 }, (_, i) => Math.sinh(i / 400 - 3.001)).sort()
  const text = recordedText({ values: packAscending(values) })
  expect(text.length).toBeLessThan(2.7 * values.length)
  const { values: read } = parseRecorded(text, 'result') as { values: Float64Array }
  expect(read).toHaveLength(values.length)
  expect(read).toEqual(read.slice().sort())
  read.forEach((value, i) => expect(Math.abs(value / values[i] - 1)).toBeLessThan(8e-6))
  expect(unpackAscending({ up32: '', length: 1 })).toEqual(Float64Array.of(NaN))
})

it('is refused, with what is wrong, where a host sends another thing', () => {
  expect(() => parseRecorded('<!doctype html>', 'training')).toThrow('The recorded training is not JSON')
  expect(() => checkedRecord(z.object(recordedHead), { schemaVersion: 2 }, 'training')).toThrow(
    /recorded training is not as expected.*schemaVersion.*Reload/s,
  )
})
