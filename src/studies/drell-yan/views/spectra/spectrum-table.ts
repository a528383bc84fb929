import type { TableData } from '../../../../ui/common/DataTable.tsx'
import type { SpectrumColumns } from '../../analysis/spectrum-files.ts'
import { formatEdge, formatNumber, formatPercent } from '../../../../ui/common/format.ts'
import { outsideRatio } from './outside.ts'
import {
  against,
  heights,
  negativeBins,
  neutral,
  observableLabels,
  referenceOf,
  type SpectrumCurve,
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
  const densities = all.map((curve) => heights(input, curve.values))
  const errors = all.map((curve) => (curve.errors ? heights(input, curve.errors) : undefined))
  const rows = Array.from({ length: edges.length - 1 }, (_, bin) => ({
    low: edges[bin],
    high: edges[bin + 1],
    values: densities.map((values) => values[bin]),
    errors: errors.map((values) => values?.[bin]),
  }))
  const asymmetry = observable === 'afb'
  const name = asymmetry ? observableLabels.mll.text : observableLabels[observable].text
  const unit = asymmetry ? undefined : 'pb/GeV'
  return {
    caption: asymmetry
      ? `A_FB in ${rows.length} bins of ${name}`
      : `dσ/d${name} in ${rows.length} bins, content divided by bin width`,
    rows,
    columns: [
      {
        key: 'low',
        label: `${name} from`,
        unit: 'GeV',
        value: (row) => row.low,
        format: (row) => formatEdge(row.low),
      },
      {
        key: 'high',
        label: 'to',
        unit: 'GeV',
        value: (row) => row.high,
        format: (row) => formatEdge(row.high),
      },
      ...all.flatMap((curve, at) => [
        { key: `v${at}`, label: curve.name, unit, value: (row: SpectrumRow) => row.values[at] },
        ...(curve.errors
          ? [
              {
                key: `e${at}`,
                label: `± ${curve.name}`,
                unit,
                value: (row: SpectrumRow) => row.errors[at],
              },
            ]
          : []),
      ]),
    ],
  }
}

/** The same for files of numbers, with the edges of the bands. */
export function spectrumColumns(input: SpectrumInput, provenance: readonly string[]): SpectrumColumns {
  const { edges, curves, observable, bands = [], absY } = input
  const columns = [
    { name: 'SM', values: input.sm },
    ...curves,
    ...bands.flatMap(({ name, low, high }) => [
      { name: `${name}, lower edge`, values: low },
      { name: `${name}, upper edge`, values: high },
    ]),
  ].map(({ name, values, ...of }: Pick<SpectrumCurve, 'name' | 'values' | 'errors' | 'errorsAre'>) => ({
    name,
    values: heights(input, values),
    ...(of.errors && { errors: heights(input, of.errors), errorsAre: of.errorsAre }),
  }))
  return {
    observable: observableLabels[observable].text,
    ...(observable === 'afb' && { asymmetry: true }),
    ...(absY && { absY }),
    edges,
    sqrtSGeV: input.sqrtsGeV,
    columns,
    provenance,
  }
}

/** What the figure shows, in words: range, and for each curve where it is furthest from the reference. */
export function spectrumSummary(input: SpectrumInput): string {
  const { edges, curves, observable, absY } = input
  const reference = referenceOf(input)
  const bins = edges.length - 1
  const asymmetry = observable === 'afb'
  const inY = absY ? `, |y| ${formatEdge(absY[0])} to ${formatEdge(absY[1])}` : ''
  const sentences = [
    asymmetry
      ? `Forward-backward asymmetry by dilepton mass${inY}, ${formatEdge(edges[0])} to ${formatEdge(edges[bins])} GeV in ${bins} bins.`
      : `Differential cross-section in the ${observableLabels[observable].spoken}${inY}, ${formatEdge(edges[0])} to ${formatEdge(edges[bins])} GeV in ${bins} bins, content divided by bin width.`,
  ]
  const binName = (bin: number) => `${formatEdge(edges[bin])}–${formatEdge(edges[bin + 1])} GeV`
  for (const curve of curves) {
    if (curve.name === reference.name) continue
    const excess = against(input, curve.values, reference.values).map((value) => value - neutral(input))
    if (curve.errors) {
      const pulls = excess.map(
        (value, bin) => (value * (asymmetry ? 1 : reference.values[bin])) / (curve.errors?.[bin] ?? NaN),
      )
      const bin = largest(pulls)
      sentences.push(
        `${capital(curve.name)} is furthest from ${reference.name} at ${binName(bin)}: ${formatNumber(pulls[bin], 2)} ${curve.errorsAre ?? 'errors'} of that bin alone (${reference.name} taken as exact, no correlations, largest of ${bins}: no significance).`,
      )
      if (curve.judgement) sentences.push(curve.judgement)
      const outside = outsideRatio(input, curve)
      if (outside.length > 0)
        sentences.push(
          `Beyond the ratio panel (arrows): ${outside.map((at) => `${binName(at)} (${formatNumber(excess[at] + neutral(input), 2)})`).join(', ')}.`,
        )
      continue
    }
    const bin = largest(excess)
    if (asymmetry) {
      sentences.push(
        Math.abs(excess[bin]) < 5e-5
          ? `${capital(curve.name)} equals ${reference.name} within 0.00005 in every bin.`
          : `${capital(curve.name)} is furthest from ${reference.name} at ${binName(bin)}: ${excess[bin] > 0 ? '+' : ''}${formatNumber(excess[bin], 2)}, at ${formatNumber(curve.values[bin], 3)}.`,
      )
      continue
    }
    sentences.push(
      Math.abs(excess[bin]) < 5e-4
        ? `${capital(curve.name)} equals ${reference.name} within 0.05\u202f% in every bin.`
        : `${capital(curve.name)} is furthest from ${reference.name} at ${binName(bin)}: ${excess[bin] > 0 ? '+' : ''}${formatPercent(excess[bin])}.`,
    )
    const negative = negativeBins(curve.values).length
    if (negative > 0)
      sentences.push(
        `${capital(curve.name)} is negative in ${negative} of ${bins} bins: the linear truncation is not valid there.`,
      )
  }
  return sentences.join(' ')
}

/** Bin of the largest absolute value; bins without a number do not count. */
function largest(values: readonly number[]): number {
  let best = 0
  values.forEach((value, bin) => {
    if (Math.abs(value) > Math.abs(values[best]) || Number.isNaN(values[best])) best = bin
  })
  return best
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
