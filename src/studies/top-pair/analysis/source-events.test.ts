import { expect, it } from 'vitest'
import '../../../testing/matchers.ts'
import type { EventTable } from '../../../generator/event-table.ts'
import { divideSource } from './source-events.ts'

const rows = 400
const table: EventTable = {
  operators: ['td8'],
  terms: 3,
  rows,
  points: rows,
  columns: { m_tt: Float32Array.from({ length: rows }, (_, i) => 400 + i) },
  weights: Float64Array.from({ length: 3 * rows }, (_, k) => (k % 3 === 0 ? 0.5 : k % 3)),
}

it('divides the events of a file into parts of the same cross-section that share no event', () => {
  const { training, calibration, test, notes } = divideSource(table, 600)
  const all = [training, calibration, test]
  expect(all.map((part) => part.rows)).toEqual([100, 50, 50])
  const masses = all.flatMap(({ columns }) => [...columns.m_tt!])
  expect(new Set(masses).size).toBe(200)
  expect(Math.min(...masses)).toBe(600)
  for (const part of all)
    expect(part.weights.reduce((sum, w, k) => sum + (k % 3 === 0 ? w : 0), 0)).toBeCloseToRel(100, 1e-12)
  expect(notes).toEqual(['200 of 400 events lie below 600 GeV and are left out.'])
})

it('refuses what nothing can be learned from', () => {
  expect(() => divideSource({ ...table, operators: [] }, 0)).toThrow(/400 events have no weights for any/)
  expect(() => divideSource(table, 790)).toThrow(/10 events above 790 GeV are too few .* at least 40/)
  expect(divideSource({ ...table, columns: {} }, 790).notes[0]).toMatch(/has no m_tt/)
})
