import * as z from 'zod'
import { checkedBy, describeIssues } from '../../../../errors.ts'
import { readYaml } from '../../../../physics/smeft/wcxf-yaml.ts'
import { linesOf, refused } from './measurement-text.ts'

z.config({ jitless: true })

/** An error of a value: how far up and how far down, both positive. */
export interface ErrorOfValue {
  label: string
  up: number
  down: number
}

/** A table of HEPData with one or two independent variables in bins. */
export interface HepTable {
  /** Of each independent variable, one bin for each value. */
  axes: { low: number; high: number }[][]
  /** As in "D(SIG)/D(M) [PB/GEV]". */
  quantity: string
  /** null where the table has a dash. */
  values: (number | null)[]
  errors: ErrorOfValue[][]
  sqrtSGeV: number | null
  notes: string[]
}

const mostValues = 40_000

const cell = z.union([z.string(), z.number()])
const errorSchema = z.object({
  symerror: cell.optional(),
  asymerror: z.object({ plus: cell, minus: cell }).optional(),
  label: cell.optional(),
})
const valueSchema = z.object({ value: cell, errors: z.array(errorSchema).max(500).nullish() })
const binSchema = z.object({ low: cell.optional(), high: cell.optional(), value: cell.optional() })
const headerSchema = z.object({ name: cell, units: cell.nullish() })
const tableSchema = z.object({
  independent_variables: z
    .array(z.object({ header: headerSchema, values: z.array(binSchema).max(mostValues) }))
    .min(1)
    .max(2),
  dependent_variables: z
    .array(
      z.object({
        header: headerSchema,
        qualifiers: z.array(z.object({ name: cell, value: cell.nullish(), units: cell.nullish() })).nullish(),
        values: z.array(valueSchema).max(mostValues),
      }),
    )
    .min(1)
    .max(500),
})
/** As the site gives a table in JSON. */
const recordSchema = z.object({
  headers: z.array(z.object({ name: cell })).min(2),
  qualifiers: z.record(z.string(), z.array(z.object({ value: cell }))).nullish(),
  values: z
    .array(z.object({ x: z.array(binSchema).min(1).max(2), y: z.array(valueSchema).min(1) }))
    .max(mostValues),
})
type Table = z.infer<typeof tableSchema>

/**
 * One table of HEPData: YAML of a submission, JSON of either form, or the CSV that the site exports. Of several dependent variables
 * the first is read, and the others are told.
 *
 * Source: HEPData submission layout, github.com/HEPData/hepdata_lib and hepdata-submission.readthedocs.io.
 * @throws AppError 'data/corrupt' with the place
 */
export async function readHepData(name: string, text: string): Promise<HepTable> {
  const start = text.trimStart()
  if (start.startsWith('#:') || !/^[{[]|independent_variables/m.test(text)) return readCsvExport(name, text)
  let value: unknown
  if (start.startsWith('{') && !/^\{[^"]*independent_variables/.test(start))
    try {
      value = JSON.parse(text)
    } catch (thrown) {
      throw refused(name, `it is no JSON (${thrown instanceof Error ? thrown.message : ''})`, 'save it again')
    }
  else value = await readYaml(text, name)
  const record = checkedBy(recordSchema, value)
  if (record.success) return fromTable(name, ofRecord(record.data))
  const table = checkedBy(tableSchema, value)
  if (!table.success)
    throw refused(
      name,
      `it is no table of HEPData (${describeIssues(table.error.issues)})`,
      'a table has independent_variables and dependent_variables',
    )
  return fromTable(name, table.data)
}

function ofRecord({ headers, qualifiers, values }: z.infer<typeof recordSchema>): Table {
  const axes = values[0]?.x.length ?? 1
  return {
    independent_variables: Array.from({ length: axes }, (_, k) => ({
      header: { name: headers[k].name },
      values: values.map(({ x }) => x[k]),
    })),
    dependent_variables: [
      {
        header: { name: headers[axes]?.name ?? '' },
        qualifiers: Object.entries(qualifiers ?? {}).map(([key, [first]]) => ({
          name: key,
          value: first?.value,
        })),
        values: values.map(({ y }) => y[0]),
      },
    ],
  }
}

function fromTable(name: string, table: Table): HepTable {
  const [first, ...others] = table.dependent_variables
  const count = first.values.length
  const axes = table.independent_variables.map(({ header, values }) => {
    if (values.length !== count)
      throw refused(
        name,
        `${String(header.name).slice(0, 40)} has ${values.length} bins, the values are ${count}`,
        'give one value for each bin',
      )
    return values.map(({ low, high }, i) => {
      if (low === undefined || high === undefined)
        throw refused(name, `bin ${i + 1} has no low and high edge`, 'give both edges of each bin')
      return { low: numberOf(name, low, `bin ${i + 1}`), high: numberOf(name, high, `bin ${i + 1}`) }
    })
  })
  const values = first.values.map(({ value }, i) =>
    /^\s*(-+|)\s*$/.test(String(value)) ? null : numberOf(name, value, `value ${i + 1}`),
  )
  const errors = first.values.map(({ errors: all }, i) =>
    (all ?? []).map(({ symerror, asymerror, label }) => {
      const at = `an error of value ${i + 1}`
      const size = (of: string | number) => Math.abs(sizeOf(name, of, values[i], at))
      if (symerror === undefined && !asymerror)
        throw refused(name, `${at} has neither symerror nor asymerror`, 'give one of them')
      const [up, down] = asymerror
        ? [size(asymerror.plus), size(asymerror.minus)]
        : [size(symerror!), size(symerror!)]
      return { label: String(label ?? 'total'), up, down }
    }),
  )
  const units = first.header.units
  return {
    ...{ axes, values, errors },
    quantity: `${String(first.header.name)}${units ? ` [${String(units)}]` : ''}`,
    sqrtSGeV: energyOf(first.qualifiers ?? []),
    notes:
      others.length === 0
        ? []
        : [
            `${String(first.header.name).slice(0, 40)} is read; ${others.length === 1 ? 'another column is' : `${others.length} other columns are`} not: ${others
              .slice(0, 5)
              .map(({ header }) => String(header.name).slice(0, 40))
              .join(', ')}`,
          ],
  }
}

function energyOf(
  qualifiers: readonly {
    name: string | number
    value?: string | number | null
    units?: string | number | null
  }[],
): number | null {
  const found = qualifiers.find(({ name }) => /^SQRT\(S\)/i.test(String(name)))
  const value = Number(found?.value)
  if (!found || !Number.isFinite(value)) return null
  return /TEV/i.test(`${String(found.name)} ${String(found.units ?? '')}`) ? 1000 * value : value
}

const plainNumber = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/

function numberOf(name: string, text: string | number, at: string): number {
  const value = typeof text === 'number' ? text : plainNumber.test(text.slice(0, 60)) ? Number(text) : NaN
  if (Number.isFinite(value)) return value
  throw refused(name, `${at} is "${String(text).slice(0, 20)}", no number`, 'write a plain number')
}

/** Of an error, which may be in per cent of its value. */
function sizeOf(name: string, text: string | number, value: number | null, at: string): number {
  const percent = typeof text === 'string' && text.trim().endsWith('%')
  const size = numberOf(name, percent ? text.trim().slice(0, -1) : text, at)
  return percent ? (size / 100) * Math.abs(value ?? 0) : size
}

/** The CSV of the site: lines of "#:", a header, rows of centre, LOW, HIGH, value, then errors in pairs. */
function readCsvExport(name: string, text: string): HepTable {
  const all = linesOf(text)
  const about = all.filter((line) => line.startsWith('#:'))
  const begin = all.findIndex((line) => line.trim() !== '' && !line.startsWith('#'))
  const header = cellsOf(all[begin] ?? '')
  const rows: string[][] = []
  for (let i = begin + 1; i < all.length && all[i].trim() !== '' && !all[i].startsWith('#'); i++)
    rows.push(cellsOf(all[i]))
  const lows = header.flatMap((title, k) => (/ LOW$/i.test(title) ? [k] : []))
  if (lows.length === 0 || lows.length > 2 || rows.length === 0)
    throw refused(
      name,
      `its header "${(all[begin] ?? '').slice(0, 60)}" has no columns LOW and HIGH`,
      'export the table as CSV from HEPData',
    )
  const first = lows[lows.length - 1] + 2
  const more = all.slice(begin + 1 + rows.length).some((line) => line.trim() !== '' && !line.startsWith('#'))
  const errorAt = header.flatMap((title, k) => (k > first && / \+$/.test(title) ? [k] : []))
  const energy = about.find((line) => /^#:\s*SQRT\(S\)/i.test(line))
  const odd = rows.findIndex((row) => row.length !== header.length)
  if (odd >= 0)
    throw refused(
      name,
      `row ${odd + 1} has ${rows[odd].length} cells, the header has ${header.length}`,
      'export it again',
    )
  const table = fromTable(name, {
    independent_variables: lows.map((k) => ({
      header: { name: header[k] },
      values: rows.map((row) => ({ low: row[k], high: row[k + 1] })),
    })),
    dependent_variables: [
      {
        header: { name: header[first] ?? '' },
        qualifiers: energy
          ? [
              {
                name: energy.slice(2).trim().split(',')[0],
                value: energy.split(',').findLast((part) => part.trim() !== ''),
              },
            ]
          : [],
        values: rows.map((row) => ({
          value: row[first] ?? '',
          errors: errorAt
            .filter((k) => (row[k] ?? '').trim() !== '')
            .map((k) => ({
              asymerror: { plus: row[k], minus: row[k + 1] },
              label: header[k].replace(/ \+$/, ''),
            })),
        })),
      },
    ],
  })
  if (more) table.notes.push('of several columns of values the first is read')
  return table
}

/** Cells of a line; those in quotes may hold commas. */
function cellsOf(line: string): string[] {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (const sign of line.replace(/\r$/, '')) {
    if (sign === '"') quoted = !quoted
    else if (sign === ',' && !quoted) {
      cells.push(cell)
      cell = ''
    } else cell += sign
  }
  return [...cells, cell]
}
