import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import type { ShownName } from '../../analysis/shown-names.ts'
import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'

/** One spectrum, pb per bin, or an asymmetry, a number per bin. */
export interface SpectrumCurve {
  name: string
  values: ArrayLike<number> // [bins], pb per bin
  /** Left out: the theme's colour of data, black on paper. */
  colour?: string
  /** Theory as steps, data and replicas as points with error bars. */
  kind: 'line' | 'points'
  errors?: ArrayLike<number> // [bins], pb per bin, symmetric
  /** Which errors these are: "published total errors". A pull in them is of one bin alone. */
  errorsAre?: string
  /** A sentence: what all bins together say of the curve against the reference. */
  judgement?: string
  dash?: 'solid' | 'dash' | 'dot'
}

/** An uncertainty: statistical bands are hatched, total bands light. */
export interface SpectrumBand {
  name: string
  kind: 'statistical' | 'total'
  low: ArrayLike<number> // [bins], pb per bin
  high: ArrayLike<number> // [bins], pb per bin
  colour?: string
}

export interface SpectrumInput {
  observable: ShownName
  /** |y| of the pairs; absent: any */
  absY?: readonly [number, number]
  edges: ArrayLike<number> // [bins + 1], GeV, ascending
  sm: ArrayLike<number> // [bins], pb per bin
  curves: readonly SpectrumCurve[]
  bands?: readonly SpectrumBand[]
  /** Name of the curve that the lower panel divides by; the SM when left out or unknown. */
  reference?: string
  sqrtsGeV: number
  order: EftOrder
  /** Of QCD; leading when left out */
  qcd?: 'nlo'
  lambdaTeV?: number
  /** One short line for the corner: cuts, pdf, normalisation. */
  cuts?: string
  xScale?: 'log' | 'linear'
  yScale?: 'log' | 'linear'
  theme: FigureTheme
}

/** dsigma/dx [pb/GeV] from pb per bin. */
export function density(edges: ArrayLike<number>, values: ArrayLike<number>): number[] {
  return Array.from(values, (value, bin) => value / (edges[bin + 1] - edges[bin]))
}

export function ratio(values: ArrayLike<number>, reference: ArrayLike<number>): number[] {
  return Array.from(values, (value, bin) => value / reference[bin])
}

type Drawn = Pick<SpectrumInput, 'observable' | 'edges'>

/** What the upper panel draws: pb/GeV, or the asymmetry itself. */
export function heights({ observable, edges }: Drawn, values: ArrayLike<number>): number[] {
  return observable === 'afb' ? Array.from(values) : density(edges, values)
}

/** What the lower panel draws: the ratio to the reference; of an asymmetry, which may be 0, the difference. */
export function against(
  { observable }: Drawn,
  values: ArrayLike<number>,
  reference: ArrayLike<number>,
): number[] {
  return observable === 'afb'
    ? Array.from(values, (value, bin) => value - reference[bin])
    : ratio(values, reference)
}

/** The same of errors, which are differences already. */
export function errorsAgainst(
  { observable }: Drawn,
  errors: ArrayLike<number>,
  reference: ArrayLike<number>,
): number[] {
  return observable === 'afb' ? Array.from(errors) : ratio(errors, reference)
}

/** Of what the lower panel draws, where a curve is the reference. */
export const neutral = ({ observable }: Pick<Drawn, 'observable'>): 0 | 1 => (observable === 'afb' ? 0 : 1)

/** Whether a number below 0 is no cross-section. */
export const mustBePositive = ({ observable }: Pick<Drawn, 'observable'>): boolean => observable !== 'afb'

/** What the lower panel divides by. */
export function referenceOf(input: SpectrumInput): { name: string; values: ArrayLike<number> } {
  const chosen = input.curves.find((curve) => curve.name === input.reference)
  return chosen ?? { name: 'SM', values: input.sm }
}

/** Bins where a spectrum is negative: a linear truncation outside its validity, never a cross-section. */
export function negativeBins(values: ArrayLike<number>): number[] {
  const bins: number[] = []
  for (let bin = 0; bin < values.length; bin++) if (values[bin] < 0) bins.push(bin)
  return bins
}

/** How an observable is written and spoken. */
interface ObservableLabel {
  /** Letter and what stands below it; a word of its own has nothing below. */
  symbol: readonly [base: string, script: string]
  /** Of bins. */
  markup: string
  /** Titles of the axes where bins do not say it all: what is binned, and what is counted. */
  axis?: string
  height?: string
  /** Where nothing can be raised or lowered. */
  text: string
  spoken: string
}

const mass = '<i>m</i><sub>ℓℓ</sub>'

export const observableLabels: Record<ShownName, ObservableLabel> = {
  mll: { symbol: ['m', 'ℓℓ'], markup: mass, text: 'm_ℓℓ', spoken: 'dilepton mass' },
  ptl: {
    symbol: ['p', 'T'],
    markup: '<i>p</i><sub>T</sub><sup>μ</sup>',
    text: 'p_T',
    spoken: 'muon transverse momentum',
  },
  forward: {
    symbol: ['forward', ''],
    markup: `${mass}, forward`,
    axis: mass,
    height: `d<i>σ</i><sub>F</sub>/d${mass}`,
    text: 'm_ℓℓ forward',
    spoken: 'dilepton mass of forward pairs',
  },
  backward: {
    symbol: ['backward', ''],
    markup: `${mass}, backward`,
    axis: mass,
    height: `d<i>σ</i><sub>B</sub>/d${mass}`,
    text: 'm_ℓℓ backward',
    spoken: 'dilepton mass of backward pairs',
  },
  afb: {
    symbol: ['A', 'FB'],
    markup: mass,
    height: '<i>A</i><sub>FB</sub>',
    text: 'A_FB',
    spoken: 'forward-backward asymmetry',
  },
}
