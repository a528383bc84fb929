import { ratioPresets } from '../../../../ml/ratio/ratio-presets.ts'
import { topPairOperator } from '../../../../physics/top-pair/operators.ts'
import { termNames } from '../../../../physics/top-pair/polynomial.ts'
import type { FitSetup, NetworkTask } from '../fit/fit-setup.ts'
import { parseRatioTerm } from './ratio-terms.ts'

type Terms = Pick<FitSetup, 'operators' | 'mode'>

/** All terms of the fit but the SM's, in the order of the polynomial. */
export function setupTerms({ operators, mode: order }: Terms): string[] {
  return termNames(operators).slice(1, order === 'linear' ? 1 + operators.length : undefined)
}

/**
 * Whether a term is zero at every point of phase space at leading order, and so needs no network: amplitudes interfere
 * only with equal colour and equal light quarks. Singlets do not interfere with QCD, the dipole acts like QCD, and td8 (on d_R)
 * never meets tq8 (on q_L).
 */
export function termVanishes(term: string): boolean {
  const { operators, kind } = parseRatioTerm(term)
  if (kind === 'quadratic') return false
  const [a, b] = operators.map(topPairOperator)
  if (kind === 'linear') return a.kind === 'singlet'
  if (a.kind === 'dipole' || b.kind === 'dipole') return a.kind === 'singlet' || b.kind === 'singlet'
  return a.kind !== b.kind || !Object.keys(a.quarks).some((quark) => quark in b.quarks)
}

/** Terms whose ratio is 0 without a network, to be told. */
export function vanishingTerms(setup: Terms): string[] {
  return setupTerms(setup).filter(termVanishes)
}

/**
 * The networks of a fit: one per term that does not vanish and per replica, n + n(n+1)/2 at most, or one per replica with all
 * terms where the preset learns them together.
 */
export function networkTasks(setup: Terms & Pick<FitSetup, 'preset' | 'replicas'>): NetworkTask[] {
  const groups = termGroups(setup)
  // All terms of one replica in a row: a worker keeps the events of the last one.
  return Array.from({ length: setup.replicas }, (_, replica) =>
    groups.map((group) => ({ terms: group, replica })),
  ).flat()
}

function termGroups(setup: Terms & Pick<FitSetup, 'preset'>): string[][] {
  const terms = setupTerms(setup).filter((term) => !termVanishes(term))
  if (terms.length === 0) return []
  const { kind } = ratioPresets[setup.preset].method
  if (kind === 'classifier') return terms.map((term) => [term])
  // A ratio that is positive by construction is one of the whole polynomial, in linear fits too.
  return [kind === 'positive' ? setupTerms({ ...setup, mode: 'quadratic' }) : terms]
}

/** "td8^2 · 2": what a network is called in lists; the replica counts from 1. */
export function taskName({ terms, replica }: NetworkTask): string {
  return `${terms.join(', ')} · ${replica + 1}`
}
