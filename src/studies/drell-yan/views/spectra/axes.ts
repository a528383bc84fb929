import {
  against,
  errorsAgainst,
  heights,
  neutral,
  referenceOf,
  type SpectrumInput,
} from './spectrum-input.ts'

/** Everything that decides where a number lands in the figure: used by the page's own picture, the live layer and plotly's layout of exported files. */
export interface SpectrumAxes {
  xScale: 'log' | 'linear'
  yScale: 'log' | 'linear'
  x: [number, number] // GeV
  y: [number, number] // pb/GeV, or the asymmetry
  /** Of the lower panel, a ratio or a difference. */
  ratio: [number, number]
  /** Where a curve is the reference: 1, or 0 of an asymmetry. */
  neutral: 0 | 1
}

export interface PlotFrame {
  left: number // px
  width: number // px
  main: { top: number; height: number } // px
  ratio: { top: number; height: number } // px
}

export const margin = { l: 66, r: 12, t: 10, b: 46 }
/** Main panel over ratio panel, 3 : 1, with a small gap; fractions of the plot area. */
export const mainDomain: [number, number] = [0.27, 1]
export const ratioDomain: [number, number] = [0, 0.243]
/** Lower left corner of the legend; fractions of the plot area. */
export const legendCorner = { x: 0.02, y: mainDomain[0] + 0.02 }

/** Pixel boxes of the two panels, by the rule plotly lays out fixed margins and domains. */
export function plotFrame(size: { width: number; height: number }): PlotFrame {
  const width = size.width - margin.l - margin.r
  const height = size.height - margin.t - margin.b
  const box = ([low, high]: [number, number]) => ({
    top: margin.t + (1 - high) * height,
    height: (high - low) * height,
  })
  return { left: margin.l, width, main: box(mainDomain), ratio: box(ratioDomain) }
}

/** Ranges that hold every curve, band and error bar; the live curve counts when it is among the curves. */
export function spectrumAxes(input: SpectrumInput): SpectrumAxes {
  const { edges, xScale = 'log' } = input
  const yScale = scaleOf(input)
  const reference = referenceOf(input).values
  const lines = [input.sm, ...input.curves.map((curve) => curve.values)]
  const bands = (input.bands ?? []).flatMap((band) => [band.low, band.high])
  const densities = [...lines, ...bands].flatMap((values) => heights(input, values)).filter(Number.isFinite)
  const ratios = readableRatios(input, reference)
  const range = { x: [edges[0], edges[edges.length - 1]] as [number, number], xScale, yScale }
  if (neutral(input) === 0)
    return {
      ...range,
      y: asymmetryRange(lines.flatMap((values) => Array.from(values)).filter(Number.isFinite)),
      ratio: differenceRange(ratios),
      neutral: 0,
    }
  return {
    ...range,
    y: yScale === 'log' ? logRange(densities, heights(input, input.sm)) : [0, 1.15 * Math.max(...densities)],
    ratio: ratioRange(ratios),
    neutral: 1,
  }
}

/** Logarithmic unless asked for otherwise; an asymmetry has two signs. */
export function scaleOf({ observable, yScale = 'log' }: SpectrumInput): 'log' | 'linear' {
  return observable === 'afb' ? 'linear' : yScale
}

/** All curves, with room below for the legend: on the left, where it and the corner's label stand, they are near 0. */
function asymmetryRange(values: readonly number[]): [number, number] {
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values)
  const span = Math.max(high - low, 0.05)
  return [Math.max(-1.5, low - 0.75 * span), Math.min(1.1, high + 0.1 * span)]
}

/** Symmetric about no difference. */
function differenceRange(differences: readonly number[]): [number, number] {
  const most = Math.max(0, ...differences.map(Math.abs))
  const half = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1].find((step) => most <= 0.92 * step) ?? 2
  return [-half, half]
}

/**
 * The ratios that must be seen: of all lines, and of points and bands where they are known to better than 30 %.
 * The last bins of a small sample would otherwise squeeze everything else flat.
 */
function readableRatios(input: SpectrumInput, reference: ArrayLike<number>): number[] {
  const precise = 0.3
  const kept: number[] = []
  const drawn = (values: ArrayLike<number>) => against(input, values, reference)
  // Of a difference, which is 0 where nothing differs, an error counts by itself.
  const least = neutral(input) === 0 ? 0.1 : 0
  const add = (value: number, error: number) => {
    if (Number.isFinite(value) && error <= Math.max(least, precise * Math.abs(value))) kept.push(value)
  }
  for (const { values, errors } of [{ values: input.sm, errors: undefined }, ...input.curves]) {
    const bars = errors && errorsAgainst(input, errors, reference)
    drawn(values).forEach((value, bin) => add(value, bars ? Math.abs(bars[bin]) : 0))
  }
  for (const { low, high } of input.bands ?? []) {
    const tops = drawn(high)
    drawn(low).forEach((value, bin) => {
      const upper = tops[bin]
      add(value, (upper - value) / 2)
      add(upper, (upper - value) / 2)
    })
  }
  return kept
}

/** From below the smallest positive value to above the largest; never more than six decades below the SM's smallest. */
function logRange(values: number[], sm: number[]): [number, number] {
  const positive = values.filter((value) => value > 0)
  if (positive.length === 0) return [0.1, 10]
  const floor = Math.min(...sm.filter((value) => value > 0), Math.max(...positive)) * 1e-2
  const low = Math.max(Math.min(...positive), floor)
  return [low * 0.4, Math.max(...positive) * 3]
}

/**
 * A readable window around 1: symmetric while every ratio is within 100 %, else from 0 up to at most 10.
 * What lies outside is cut by the frame.
 */
export function ratioRange(ratios: readonly number[]): [number, number] {
  let deviation = 0
  let top = 1
  for (const value of ratios) {
    deviation = Math.max(deviation, Math.abs(value - 1))
    top = Math.max(top, value)
  }
  const half = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8].find((step) => deviation <= 0.92 * step)
  if (half) return [1 - half, 1 + half]
  const ceiling = [2, 3, 4, 6, 10].find((step) => top <= 0.95 * step) ?? 10
  return [0, ceiling]
}

/** Pixel position of a value on an axis; a value that a log axis cannot hold lands well outside the frame. */
export function position(
  value: number,
  [low, high]: [number, number],
  scale: 'log' | 'linear',
  start: number,
  length: number,
): number {
  if (scale === 'linear') return start + ((value - low) / (high - low)) * length
  if (!(value > 0)) return length > 0 ? start - 100 : start + 100
  return start + (Math.log(value / low) / Math.log(high / low)) * length
}
