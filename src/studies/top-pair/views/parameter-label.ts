import { topPairOperators } from '../../../physics/top-pair/operators.ts'
import { symbolMarkup } from '../../../ui/common/symbol-parts.ts'

export interface ParameterLabel {
  /** For plotly and SVG. */
  markup: string
  /** For tables and sentences. */
  plain: string
  /** With its unit, without dollar signs. */
  latex: string
  unit: string
}

/** How a parameter of a fit is written: a coefficient C/Lambda^2, or the luminosity in units of its error. */
export function parameterLabel(name: string): ParameterLabel {
  const operator = topPairOperators.find((entry) => entry.name === name)
  if (!operator) return { markup: name, plain: name, latex: `\\mathrm{${name}}\\ [\\sigma]`, unit: 'σ' }
  const capital = `C${operator.symbol.slice(1)}`
  return {
    markup: symbolMarkup(capital),
    plain: capital,
    latex: String.raw`C${operator.latex.slice(1)}/\Lambda^2\ [\mathrm{TeV}^{-2}]`,
    unit: 'TeV⁻²',
  }
}

/** Axis title: symbol over Lambda squared with its unit. */
export function axisTitle(name: string): string {
  const { markup, unit } = parameterLabel(name)
  return unit === 'σ' ? `${markup} [σ]` : `${markup} [TeV<sup>−2</sup>]`
}
