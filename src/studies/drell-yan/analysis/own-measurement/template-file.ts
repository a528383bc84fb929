import type { HepTable } from './hepdata-table.ts'
import { linesOf, refused } from './measurement-text.ts'
import { templateColumns as columns } from './template-text.ts'

export const isTemplate = (text: string): boolean =>
  text
    .slice(0, 4000)
    .split(/\r?\n/)
    .some((line) => line.trim().startsWith(columns.slice(0, 3).join(',')))

/** A template that was filled in. @returns the table, and its covariance where it has one [bins x bins] */
export function readTemplate(name: string, text: string): { table: HepTable; covariance: number[] | null } {
  const lines = linesOf(text).map((line) => line.trim())
  const energy = lines.map((line) => /^#\s*sqrt_s_GeV\s*=\s*([\d.eE+]{1,20})\s*$/.exec(line)).find(Boolean)
  const rows = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(','))
  const [header, ...body] = rows
  const extra = header.length - columns.length
  if (body.length === 0) throw refused(name, 'it has no bins', 'write one bin a line')
  if (extra !== 0 && extra !== body.length)
    throw refused(
      name,
      `it has ${body.length} bins and ${extra} columns of covariance`,
      'give one column for each bin, or none',
    )
  const numbers = body.map((row, i) => {
    if (row.length !== header.length)
      throw refused(
        name,
        `bin ${i + 1} has ${row.length} cells, the header has ${header.length}`,
        'fill in each',
      )
    return row.map((cell, k) => {
      const value = cell.trim() === '' ? NaN : Number(cell)
      if (Number.isFinite(value)) return value
      throw refused(
        name,
        `${header[k].slice(0, 30)} of bin ${i + 1} is "${cell.slice(0, 20)}", no number`,
        'write a plain number',
      )
    })
  })
  return {
    table: {
      axes: [numbers.map(([low, high]) => ({ low, high }))],
      quantity: 'dsigma/dm_ll [PB/GEV]',
      values: numbers.map((row) => row[2]),
      errors: numbers.map((row) => [{ label: 'total', up: row[3], down: row[3] }]),
      sqrtSGeV: energy ? Number(energy[1]) : null,
      notes: [],
    },
    covariance: extra === 0 ? null : numbers.flatMap((row) => row.slice(columns.length)),
  }
}
