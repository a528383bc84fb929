import { shortName } from '../../errors.ts'
import { maxColumns, maxValues, type NumberTable } from '../table.ts'
import { corrupt, unsupported } from './faults.ts'
import type { RootFile, RootObject } from './root-file.ts'
import { edgesOf } from './stored-histogram.ts'

/** Contents of one dimension (TH1) or two (TH2), of whatever number. */
const oneDimension = /^TH1[CSIFDL]$/
const twoDimensions = /^TH2[CSIFDL]$/

const mostHistograms = 1000

export const isHistogram = ({ className }: RootObject): boolean =>
  oneDimension.test(className) || twoDimensions.test(className)

interface Rows {
  name: string
  edges: number[]
  rows: number[][]
}

/**
 * Histograms as spectra: each TH1 is a row of its contents, without under- and overflow, a TH2 a row for each bin of y. Those of the bins
 * that are asked for are taken, else of the first one's; their edges are the table's.
 *
 * @param columns  bins that a spectrum should have
 * @param wanted   path of the one that is meant
 * @throws AppError 'data/unsupported' where none is named so, or none can be read; 'data/corrupt' for damage
 */
export async function readHistograms(
  root: RootFile,
  { columns, wanted }: { columns?: number; wanted?: string },
): Promise<NumberTable> {
  const all = root.others.filter(isHistogram)
  const named = wanted === undefined ? all : all.filter(({ path }) => path === wanted)
  if (named.length === 0)
    throw unsupported(
      `the ROOT file has no histogram ${shortName(wanted ?? '', 60)}, it has ${all
        .slice(0, 10)
        .map(({ path }) => shortName(path, 40))
        .join(', ')}`,
      'name one of these',
    )
  if (named.length > mostHistograms)
    throw unsupported(
      `the ROOT file has ${named.length} histograms, at most ${mostHistograms} are read`,
      'keep those that are needed',
    )
  const found: Rows[] = []
  for (const object of named) found.push(await rowsOf(root, object))
  const like = found.find(({ edges }) => edges.length - 1 === columns) ?? found[0]
  const taken = found.filter(({ edges }) => String(edges) === String(like.edges))
  const rows = taken.flatMap((one) => one.rows)
  if (like.edges.length - 1 > maxColumns || rows.length * like.edges.length > maxValues)
    throw unsupported(
      `the histogram ${like.name} has ${like.edges.length - 1} bins in ${rows.length} rows, at most ${maxColumns} bins are read`,
      'rebin it',
    )
  const others = found.filter((one) => !taken.includes(one))
  return {
    ...{ rows: rows.length, columns: like.edges.length - 1, data: Float64Array.from(rows.flat()) },
    // Bins that are only counted are no statement.
    edges: like.edges.every((edge, i) => edge === i) ? undefined : like.edges,
    passedOver: others.map(({ name }) => ({ name, why: null })),
    notes: [
      `the contents of ${taken
        .map(({ name }) => shortName(name, 40))
        .slice(0, 5)
        .join(
          ', ',
        )}${taken.length > 5 ? ` and ${taken.length - 5} more` : ''} are taken as spectra, without under- and overflow`,
      ...(others.length === 0
        ? []
        : [
            `histograms of other bins are passed over: ${others
              .slice(0, 5)
              .map(({ name, edges }) => `${shortName(name, 40)} (${edges.length - 1} bins)`)
              .join(', ')}${others.length > 5 ? ` and ${others.length - 5} more` : ''}`,
          ]),
    ],
  }
}

async function rowsOf(root: RootFile, { path, className }: RootObject): Promise<Rows> {
  const { fXaxis, fYaxis, fArray } = await root.readHistogram(path)
  const bins = fXaxis.fNbins
  const lines = twoDimensions.test(className) ? fYaxis.fNbins : 1
  const expected = (bins + 2) * (lines > 1 || twoDimensions.test(className) ? lines + 2 : 1)
  if (fArray.length !== expected)
    throw corrupt(`the histogram ${path} has ${fArray.length} contents where its axes have ${expected}`)
  const first = twoDimensions.test(className) ? 1 : 0
  const rows = Array.from({ length: lines }, (_, line) =>
    Array.from({ length: bins }, (_, bin) => fArray[(line + first) * (bins + 2) + bin + 1]),
  )
  const edges = edgesOf(fXaxis)
  const bad = edges.findIndex((edge, i) => !Number.isFinite(edge) || (i > 0 && edge <= edges[i - 1]))
  if (bad >= 0) throw corrupt(`edge ${bad} of the histogram ${path} is ${edges[bad]}: edges must rise`)
  return { name: path, edges, rows }
}
