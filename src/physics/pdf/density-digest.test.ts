import { expect, it } from 'vitest'
import { toyPdf } from '../../testing/toy-pdf.ts'
import table from '../reference/top-pair/toy-pdf-table.json'
import { densityDigest } from './density-digest.ts'
import type { PdfSet } from './pdf-set.ts'
import { createTablePdf } from './table-pdf.ts'

const toy = toyPdf()
const times = (factor: number): PdfSet => ({
  ...toy,
  id: 'another name',
  xfxQ2All(x, q2, out = new Float64Array(11)) {
    toy.xfxQ2All(x, q2, out)
    for (let p = 0; p < out.length; p++) out[p] *= factor
    return out
  },
})

it('names what the densities are at a scale, not what they are called', () => {
  const digest = densityDigest(toy, 172.5)
  expect(digest).toMatch(/^[0-9a-f]{64}$/)
  expect(densityDigest(times(1), 172.5)).toBe(digest)
  // Rounding differs between machines, sets by more than 1e-3.
  expect(densityDigest(times(1 + 1e-14), 172.5)).toBe(digest)
  expect(densityDigest(times(1.001), 172.5)).not.toBe(digest)
})

it('tells scales of one set apart', () => {
  const pdf = createTablePdf(table, 'toy-pdf-table.json')
  expect(densityDigest(pdf, 91.188)).not.toBe(densityDigest(pdf, 172.5))
})
