import type { TableData } from '../common/DataTable.tsx'
import { formatNumber, formatPercent } from '../common/format.ts'
import {
  density,
  negativeBins,
  observableLabels,
  ratio,
  referenceOf,
  type SpectrumInput,
} from './spectrum-input.ts'

export interface SpectrumRow {
  low: number
  high: number
  values: number[] // pb/GeV: SM, then every curve
  errors: (number | undefined)[]
}

/** The numbers of the figure, content divided by bin width. */
export function spectrumTable(input: SpectrumInput): TableData<SpectrumRow> {
  const { edges, curves, observable } = input
  const all = [{ name: 'SM', values: input.sm, errors: undefined }, ...curves]
  const densities = all.map((curve) => density(edges, curve.values))
  const errors = all.map((curve) => (curve.errors ? density(edges, curve.errors) : undefined))
  const rows = Array.from({ length: edges.length - 1 }, (_, bin) => ({
    low: edges[bin],
    high: edges[bin + 1],
    values: densities.map((values) => values[bin]),
    errors: errors.map((values) => values?.[bin]),
  }))
  const name = observableLabels[observable].text
  return {
    caption: `dσ/d${name} in ${rows.length} bins, content divided by bin width`,
    rows,
    columns: [
      { key: 'low', label: `${name} from`, unit: 'GeV', value: (row) => row.low },
      { key: 'high', label: 'to', unit: 'GeV', value: (row) => row.high },
      ...all.flatMap((curve, at) => [
        { key: `v${at}`, label: curve.name, unit: 'pb/GeV', value: (row: SpectrumRow) => row.values[at] },
        ...(curve.errors
          ? [
              {
                key: `e${at}`,
                label: `± ${curve.name}`,
                unit: 'pb/GeV',
                value: (row: SpectrumRow) => row.errors[at],
              },
            ]
          : []),
      ]),
    ],
  }
}

/** What the figure shows, in words: range, and for each curve its span and furthest bin relative to the reference. */
export function spectrumSummary(input: SpectrumInput): string {
  const { edges, curves, observable } = input
  const reference = referenceOf(input)
  const bins = edges.length - 1
  const sentences = [
    `Differential cross-section in the ${observableLabels[observable].spoken}, ${formatNumber(edges[0])} to ${formatNumber(edges[bins])} GeV in ${bins} bins, content divided by bin width.`,
  ]
  for (const curve of curves) {
    if (curve.name === reference.name) continue
    const ratios = ratio(curve.values, reference.values)
    let furthest = 0
    ratios.forEach((value, bin) => {
      if (Math.abs(value - 1) > Math.abs(ratios[furthest] - 1)) furthest = bin
    })
    const excess = ratios[furthest] - 1
    const negative = negativeBins(curve.values).length
    sentences.push(
      Math.abs(excess) < 5e-4
        ? `${curve.name} equals ${reference.name} within 0.05\u2009% in every bin.`
        : `${curve.name} is furthest from ${reference.name} at ${formatNumber(edges[furthest], 4)}–${formatNumber(edges[furthest + 1], 4)} GeV: ${excess > 0 ? '+' : ''}${formatPercent(excess)}.`,
    )
    if (negative > 0 && curve.kind === 'line')
      sentences.push(
        `${curve.name} is negative in ${negative} of ${bins} bins: the linear truncation is not valid there.`,
      )
  }
  return sentences.join(' ')
}
