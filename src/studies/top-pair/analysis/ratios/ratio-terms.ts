import { AppError } from '../../../../errors.ts'
import { parseTopPairOperators, type TopPairOperatorName } from '../../../../physics/top-pair/operators.ts'
import { pairTerm, termNames } from '../../../../physics/top-pair/polynomial.ts'

export interface RatioTerm {
  /** "td8", "td8^2", "td8*tq8" */
  name: string
  operators: TopPairOperatorName[] // one, or two for a cross term
  kind: 'linear' | 'quadratic' | 'cross'
}

/** The n + n(n+1)/2 terms of a fit of n operators, in the order of the polynomial: one network each. */
export function ratioTerms(operators: readonly TopPairOperatorName[]): RatioTerm[] {
  return termNames(operators).slice(1).map(parseRatioTerm)
}

/** @throws AppError 'physics/unknown-operator', 'input/invalid' */
export function parseRatioTerm(name: string): RatioTerm {
  const square = name.endsWith('^2')
  const operators = parseTopPairOperators((square ? name.slice(0, -2) : name).split('*'))
  if (operators.length > 2 || (square && operators.length !== 1))
    throw new AppError(
      'input/invalid',
      `"${name}" is no term of a quadratic polynomial. Write td8, td8^2 or td8*tq8.`,
    )
  const kind = square ? 'quadratic' : operators.length === 2 ? 'cross' : 'linear'
  return { name, operators, kind }
}

/**
 * Where a term stands among the weights of events with these operators; the two of a cross term in any order.
 *
 * @throws AppError 'data/mismatch' naming what the events have
 */
export function termIndex(operators: readonly TopPairOperatorName[], term: RatioTerm): number {
  const at = term.operators.map((operator) => operators.indexOf(operator))
  if (at.includes(-1))
    throw new AppError(
      'data/mismatch',
      `The events have no weights for ${term.name}; they know ${operators.join(', ') || 'the SM alone'}. Generate them with ${term.operators.join(', ')}.`,
    )
  return term.kind === 'linear' ? 1 + at[0] : pairTerm(at[0], at[at.length - 1], operators.length)
}
