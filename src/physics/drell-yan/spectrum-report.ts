import { AppError } from '../../errors.ts'
import { operatorNames, pairIndex } from '../smeft/operators.ts'
import { type ObservableName, observableRange, type SpectrumTemplates } from './spectrum-templates.ts'

/** One observable in plain numbers: pb integrated over each bin, coefficients in TeV^-2 (Lambda = 1 TeV). */
export interface SpectrumReport {
  edges: number[]
  sm: number[]
  linear: Record<string, number[]>
  /** Keys "a,b" with a, b in the order of operatorNames, diagonal included; "a,b" multiplies C_a C_b once. */
  quadratic: Record<string, number[]>
}

/** The JSON of the command `spectrum`. @throws AppError 'input/invalid' if the templates lack the observable */
export function spectrumReport(templates: SpectrumTemplates, observable: ObservableName): SpectrumReport {
  const range = observableRange(templates.observables, observable)
  const found = templates.observables.find((o) => o.name === observable)
  if (!range || !found)
    throw new AppError(
      'input/invalid',
      `No ${observable} bins in these templates; they hold ${templates.observables.map((o) => o.name).join(', ')}.`,
    )
  const bins = templates.bins
  const row = (values: Float64Array, index: number) =>
    Array.from(values.subarray(index * bins + range.start, index * bins + range.end))
  const linear: Record<string, number[]> = {}
  const quadratic: Record<string, number[]> = {}
  operatorNames.forEach((a, i) => {
    linear[a] = row(templates.linear, i)
    for (let j = i; j < operatorNames.length; j++)
      quadratic[`${a},${operatorNames[j]}`] = row(templates.quadratic, pairIndex(i, j))
  })
  return { edges: [...found.edges], sm: row(templates.sm, 0), linear, quadratic }
}
