import { hepDataZip, type HepDataTable } from '../../../numerics/tables/hepdata-submission.ts'
import { writeNpz } from '../../../numerics/tables/npz-file.ts'

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

/**
 * A submission to HEPData: a zip with submission.yaml and one table, of which each column is a dependent variable.
 */
export function hepDataSubmission(spectra: SpectrumColumns): Promise<Uint8Array<ArrayBuffer>> {
  const { observable, provenance, columns, asymmetry, absY, edges, sqrtSGeV } = spectra
  const bins = Array.from({ length: edges.length - 1 }, (_, bin) => ({
    low: edges[bin],
    high: edges[bin + 1],
  }))
  const table: HepDataTable = {
    description: `${asymmetry ? 'Forward-backward asymmetry by m_ll' : `Differential cross-section in ${observable}`}${absY ? `, |y| ${absY.join(' to ')}` : ''}: ${columns.map(({ name }) => name).join(', ')}`,
    keywords: { observables: [asymmetry ? 'ASYM' : 'DSIG/DX'], cmenergies: [sqrtSGeV] },
    independent: [{ name: asymmetry ? 'm_ll' : observable, units: 'GEV', values: bins }],
    dependent: columns.map(({ name, values, errors, errorsAre = 'total' }) => ({
      name: asymmetry ? observable : `D(SIG)/D(${observable})`,
      ...(!asymmetry && { units: 'PB/GEV' }),
      qualifiers: [
        { name: 'SQRT(S)', units: 'GEV', value: sqrtSGeV },
        { name: 'Spectrum', value: name },
      ],
      values: Array.from(values),
      ...(errors && { errors: { values: errors, label: errorsAre } }),
    })),
  }
  return hepDataZip(table, provenance)
}

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
  return writeNpz(
    [
      { name: 'edges_GeV', values: Float64Array.from(edges) },
      ...columns.map(({ name, values, errors }) => ({
        name,
        values: Float64Array.from(values),
        ...(errors && { errors: Float64Array.from(errors) }),
      })),
    ],
    provenance,
    ({ name }) => (name === 'edges_GeV' ? '' : asymmetry ? ', A_FB' : ' [pb/GeV]'),
  )
}
