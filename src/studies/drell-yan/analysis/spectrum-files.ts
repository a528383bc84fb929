import { npzTerms } from '../../../dataset/npz.ts'
import { writeNpy } from '../../../dataset/npy.ts'
import { writeZip } from '../../../numerics/zip/write-zip.ts'

/** One column of spectra as a figure shows them: pb/GeV, or an asymmetry. */
export interface SpectrumColumn {
  name: string
  values: ArrayLike<number> // [bins]
  errors?: ArrayLike<number> // [bins], symmetric
  /** Which errors these are. */
  errorsAre?: string
}

/** What a file of spectra holds, content divided by bin width. */
export interface SpectrumColumns {
  /** "m_ll" and the like. */
  observable: string
  /** Forward-backward asymmetries by mass, without unit. */
  asymmetry?: boolean
  /** |y| of the pairs; absent: any */
  absY?: readonly [number, number]
  edges: ArrayLike<number> // [bins + 1], GeV
  sqrtSGeV: number
  columns: readonly SpectrumColumn[]
  /** Where the numbers are from. */
  provenance: readonly string[]
}

const utf8 = (text: string) => new TextEncoder().encode(text)

/** Every string of JSON is a double-quoted scalar of YAML 1.2. */
const quoted = (text: string) => JSON.stringify(text)

/** A missing value is a dash in a table of HEPData. */
const cell = (value: number) => (Number.isFinite(value) ? String(value) : "'-'")

/**
 * A submission to HEPData: a zip with submission.yaml and one table, of which each column is a dependent variable.
 *
 * Source: hepdata-submission.readthedocs.io, "Data YAML" and "submission.yaml".
 */
export function hepDataSubmission(spectra: SpectrumColumns): Promise<Uint8Array<ArrayBuffer>> {
  const { observable, provenance, columns, asymmetry, absY } = spectra
  const submission = [
    '---',
    `comment: ${quoted(provenance.join('\n'))}`,
    '---',
    'name: "Table 1"',
    `description: ${quoted(`${asymmetry ? 'Forward-backward asymmetry by m_ll' : `Differential cross-section in ${observable}`}${absY ? `, |y| ${absY.join(' to ')}` : ''}: ${columns.map(({ name }) => name).join(', ')}`)}`,
    'keywords:',
    '- name: observables',
    `  values: ["${asymmetry ? 'ASYM' : 'DSIG/DX'}"]`,
    '- name: cmenergies',
    `  values: [${spectra.sqrtSGeV}]`,
    'data_file: table-1.yaml',
    '',
  ]
  return writeZip(
    [
      { path: 'submission.yaml', bytes: utf8(submission.join('\n')) },
      { path: 'table-1.yaml', bytes: utf8(hepDataTable(spectra)) },
    ],
    npzTerms,
  )
}

function hepDataTable({ observable, asymmetry, edges, sqrtSGeV, columns }: SpectrumColumns): string {
  const bins = Array.from({ length: edges.length - 1 }, (_, bin) => bin)
  return [
    'independent_variables:',
    `- header: {name: ${quoted(asymmetry ? 'm_ll' : observable)}, units: GEV}`,
    '  values:',
    ...bins.map((bin) => `  - {low: ${edges[bin]}, high: ${edges[bin + 1]}}`),
    'dependent_variables:',
    ...columns.flatMap(({ name, values, errors, errorsAre = 'total' }) => [
      asymmetry
        ? `- header: {name: ${quoted(observable)}}`
        : `- header: {name: ${quoted(`D(SIG)/D(${observable})`)}, units: PB/GEV}`,
      '  qualifiers:',
      `  - {name: SQRT(S), units: GEV, value: ${sqrtSGeV}}`,
      `  - {name: Spectrum, value: ${quoted(name)}}`,
      '  values:',
      ...bins.map((bin) => {
        const error = errors && Number.isFinite(errors[bin]) && Number.isFinite(values[bin])
        return error
          ? `  - {value: ${values[bin]}, errors: [{symerror: ${errors[bin]}, label: ${quoted(errorsAre)}}]}`
          : `  - {value: ${cell(values[bin])}}`
      }),
    ]),
    '',
  ].join('\n')
}

/** A name of an array in Python. */
const identifier = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '') || 'spectrum'

/**
 * The same for numpy.load: edges_gev [bins + 1], and of each column an array [bins] in pb/GeV, or of an asymmetry, under its name in small letters,
 * with _error for its errors; provenance.txt says what they are.
 */
export function spectrumNpz({
  edges,
  columns,
  provenance,
  asymmetry,
}: SpectrumColumns): Promise<Uint8Array<ArrayBuffer>> {
  const arrays = new Map<string, Float64Array>([['edges_gev', Float64Array.from(edges)]])
  const legend: string[] = []
  for (const { name, values, errors } of columns) {
    const wanted = identifier(name)
    let key = wanted
    for (let again = 2; arrays.has(key) || arrays.has(`${key}_error`); again++) key = `${wanted}_${again}`
    arrays.set(key, Float64Array.from(values))
    if (errors) arrays.set(`${key}_error`, Float64Array.from(errors))
    legend.push(`${key}: ${name}${asymmetry ? ', A_FB' : ' [pb/GeV]'}`)
  }
  return writeZip(
    [
      ...[...arrays].map(([name, data]) => ({
        path: `${name}.npy`,
        bytes: Uint8Array.from(writeNpy(data, [data.length])),
      })),
      { path: 'provenance.txt', bytes: utf8([...legend, ...provenance, ''].join('\n')) },
    ],
    npzTerms,
  )
}
