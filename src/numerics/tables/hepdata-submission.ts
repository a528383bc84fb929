import { writeZip } from '../zip/write-zip.ts'
import { npzTerms } from './npz-file.ts'

/** A number, a text, or an interval; NaN is a missing value. */
export type HepDataValue = number | string | { low: number; high: number }

export interface HepDataVariable {
  name: string
  /** As HEPData writes them: GEV, PB/GEV. */
  units?: string
  qualifiers?: readonly { name: string; units?: string; value: number | string }[]
  values: readonly HepDataValue[]
  /** Symmetric ones of each value, and what they are. */
  errors?: { values: ArrayLike<number>; label: string }
}

export interface HepDataTable {
  description: string
  /** "observables", "cmenergies" and the like. */
  keywords?: Readonly<Record<string, readonly (string | number)[]>>
  independent: readonly HepDataVariable[]
  dependent: readonly HepDataVariable[]
}

const utf8 = (text: string) => new TextEncoder().encode(text)

/** Every string of JSON is a double-quoted scalar of YAML 1.2. */
const scalar = (value: number | string) => (typeof value === 'number' ? String(value) : JSON.stringify(value))

/** A missing value is a dash in a table of HEPData. */
const cell = (value: number | string) =>
  typeof value === 'number' && !Number.isFinite(value) ? "'-'" : scalar(value)

/**
 * A submission to HEPData: a zip with submission.yaml and one table.
 *
 * Source: hepdata-submission.readthedocs.io, "Data YAML" and "submission.yaml".
 */
export function hepDataZip(
  table: HepDataTable,
  provenance: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const keywords = Object.entries(table.keywords ?? {}).flatMap(([name, values]) => [
    `- name: ${name}`,
    `  values: [${values.map(scalar).join(', ')}]`,
  ])
  const submission = [
    '---',
    `comment: ${scalar(provenance.join('\n'))}`,
    '---',
    'name: "Table 1"',
    `description: ${scalar(table.description)}`,
    ...(keywords.length > 0 ? ['keywords:', ...keywords] : ['keywords: []']),
    'data_file: table-1.yaml',
    '',
  ]
  const variables = (of: readonly HepDataVariable[]) => (of.length > 0 ? of.flatMap(linesOf) : ['[]'])
  const data = [
    'independent_variables:',
    ...variables(table.independent),
    'dependent_variables:',
    ...variables(table.dependent),
    '',
  ]
  return writeZip(
    [
      { path: 'submission.yaml', bytes: utf8(submission.join('\n')) },
      { path: 'table-1.yaml', bytes: utf8(data.join('\n')) },
    ],
    npzTerms,
  )
}

function linesOf({ name, units, qualifiers = [], values, errors }: HepDataVariable): string[] {
  return [
    `- header: {name: ${scalar(name)}${units ? `, units: ${units}` : ''}}`,
    ...(qualifiers.length > 0 ? ['  qualifiers:'] : []),
    ...qualifiers.map(
      ({ name, units, value }) =>
        `  - {name: ${name}${units ? `, units: ${units}` : ''}, value: ${scalar(value)}}`,
    ),
    '  values:',
    ...values.map((value, i) => {
      if (typeof value === 'object') return `  - {low: ${value.low}, high: ${value.high}}`
      const error = errors && Number.isFinite(errors.values[i]) && Number.isFinite(value)
      return error
        ? `  - {value: ${cell(value)}, errors: [{symerror: ${errors.values[i]}, label: ${scalar(errors.label)}}]}`
        : `  - {value: ${cell(value)}}`
    }),
  ]
}
