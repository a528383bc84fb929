import { AppError } from '../../errors.ts'
import { operatorNames, pairIndex } from '../smeft/operators.ts'
import { asymmetries } from './asymmetry.ts'
import { binCount, type ObservableName, type SpectrumTemplates } from './spectrum-templates.ts'

/** One observable in plain numbers: pb integrated over each bin, coefficients in TeV^-2 (Lambda = 1 TeV). */
export interface SpectrumReport {
  edges: number[]
  sm: number[]
  linear: Record<string, number[]>
  /** Keys "a,b" with a, b in the order of operatorNames, diagonal included; "a,b" multiplies C_a C_b once. */
  quadratic: Record<string, number[]>
}

/** Forward and backward pairs with their asymmetry; with bins of |y| the values run over masses, then over |y|. */
export interface AsymmetryReport {
  edges: number[]
  yEdges?: number[]
  forward: Omit<SpectrumReport, 'edges'>
  backward: Omit<SpectrumReport, 'edges'>
  /** (F - B) / (F + B) of the Standard Model */
  afb: number[]
  /** its derivatives at the Standard Model [TeV^2] */
  afbLinear: Record<string, number[]>
}

/**
 * The JSON of the command `spectrum --observable afb`.
 *
 * @param yEdges  of the |y| bins that the templates were asked for, one after the other; absent: any |y|
 */
export function asymmetryReport(templates: SpectrumTemplates, yEdges?: readonly number[]): AsymmetryReport {
  const all = asymmetries(templates)
  const side = (name: 'forward' | 'backward'): Omit<SpectrumReport, 'edges'> => {
    const parts = templates.observables.flatMap((observable, place) =>
      observable.name === name ? [rangeReport(templates, place)] : [],
    )
    const joined = (of: (part: Omit<SpectrumReport, 'edges'>) => Record<string, number[]>) =>
      Object.fromEntries(
        Object.keys(of(parts[0])).map((key) => [key, parts.flatMap((part) => of(part)[key])]),
      )
    return {
      sm: parts.flatMap(({ sm }) => sm),
      linear: joined(({ linear }) => linear),
      quadratic: joined(({ quadratic }) => quadratic),
    }
  }
  return {
    edges: all[0].edges,
    ...(yEdges && { yEdges: [...yEdges] }),
    forward: side('forward'),
    backward: side('backward'),
    afb: all.flatMap(({ sm }) => [...sm]),
    afbLinear: Object.fromEntries(
      operatorNames.map((operator, i) => [
        operator,
        all.flatMap(({ edges, linear }) => [
          ...linear.subarray(i * (edges.length - 1), (i + 1) * (edges.length - 1)),
        ]),
      ]),
    ),
  }
}

/** The JSON of the command `spectrum`. @throws AppError 'input/invalid' if the templates lack the observable */
export function spectrumReport(templates: SpectrumTemplates, observable: ObservableName): SpectrumReport {
  const place = templates.observables.findIndex((o) => o.name === observable)
  if (place < 0)
    throw new AppError(
      'input/invalid',
      `No ${observable} bins in these templates; they hold ${templates.observables.map((o) => o.name).join(', ')}.`,
    )
  return { edges: [...templates.observables[place].edges], ...rangeReport(templates, place) }
}

function rangeReport(templates: SpectrumTemplates, place: number): Omit<SpectrumReport, 'edges'> {
  const { observables, bins } = templates
  const start = binCount(observables.slice(0, place))
  const end = start + observables[place].edges.length - 1
  const row = (values: Float64Array, index: number) =>
    Array.from(values.subarray(index * bins + start, index * bins + end))
  const linear: Record<string, number[]> = {}
  const quadratic: Record<string, number[]> = {}
  operatorNames.forEach((a, i) => {
    linear[a] = row(templates.linear, i)
    for (let j = i; j < operatorNames.length; j++)
      quadratic[`${a},${operatorNames[j]}`] = row(templates.quadratic, pairIndex(i, j))
  })
  return { sm: row(templates.sm, 0), linear, quadratic }
}
