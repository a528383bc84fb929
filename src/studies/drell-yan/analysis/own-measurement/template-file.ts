import type { HepTable } from './hepdata-table.ts'
import { linesOf, refused } from './measurement-text.ts'

/** First columns of the template; a covariance may follow, a column for each bin. */
const columns = ['low_GeV', 'high_GeV', 'value_pb_per_GeV', 'error_pb_per_GeV']

export const isTemplate = (text: string): boolean =>
  text
    .slice(0, 4000)
    .split(/\r?\n/)
    .some((line) => line.trim().startsWith(columns.slice(0, 3).join(',')))

/** A file to fill in: the bins of a measured m_ll spectrum, with comments that say how. */
export const templateText = [
  '# A measured spectrum of m_ll in pp -> l+ l- (one lepton flavour, full phase space).',
  '# One bin a line: edges in GeV, dsigma/dm_ll in pb/GeV, its total error (one standard deviation) in pb/GeV.',
  '# Bins touch each other and lie within 50 and 3000 GeV. Optional: columns cov_1, cov_2, ... with the covariance in (pb/GeV)^2.',
  '# sqrt_s_GeV = 13000',
  columns.join(','),
  '',
].join('\n')

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
