import { AppError } from '../../errors.ts'
import type { OperatorName } from '../smeft/operators.ts'
import type { TopPairOperatorName } from '../top-pair/operators.ts'
import { isDrellYan, isTopPair, uvDictionary, type UvModel } from './uv-models.ts'

/** Warsaw coefficients C/Λ² [TeV⁻²] of a heavy field, by who sees them at leading order. */
export interface UvCoefficients {
  drellYan: Partial<Record<OperatorName, number>>
  topPair: Partial<Record<TopPairOperatorName, number>>
  /** Neither pp → ℓℓ nor QCD production of tops at leading order. */
  rest: Record<string, number>
}

/** Yukawa coupling y_f = √2 m_f / v of the masses in models.json. */
export function yukawa(fermion: 't' | 'b' | 'tau'): number {
  return (Math.SQRT2 * uvDictionary.massesGeV[fermion]) / (1000 * uvDictionary.vevTeV)
}

/**
 * Tree-level matching at the heavy mass, no running. Terms that vanish for these couplings are left out.
 * Source: de Blas, Criado, Pérez-Victoria, Santiago arXiv:1711.10391; the entries checked or corrected here are
 * marked in models.json.
 *
 * @param couplings  by name; the model's defaults where one is missing
 * @param massTeV    mass of the heavy field [TeV]
 * @throws           AppError 'input/invalid' for a coupling the model does not have, 'physics/out-of-range' for
 *                   a mass that is not positive
 */
export function coefficientsOf(
  model: UvModel,
  couplings: Readonly<Record<string, number>>,
  massTeV: number,
): UvCoefficients {
  if (!(massTeV > 0) || !Number.isFinite(massTeV))
    throw new AppError(
      'physics/out-of-range',
      `The mass of ${model.id} is ${massTeV} TeV; it must be positive and finite.`,
      { massTeV },
    )
  const values = couplingsOf(model, couplings)
  const { vevTeV } = uvDictionary
  const scale = model.scale === 'M2' ? massTeV ** 2 : model.scale === 'M4' ? massTeV ** 4 : vevTeV ** 2
  const out: UvCoefficients = { drellYan: {}, topPair: {}, rest: {} }
  for (const term of model.terms) {
    const product = term.couplings.reduce((value, name) => value * values[name], term.factor)
    if (product === 0) continue
    const value = (product * (term.yukawa ? yukawa(term.yukawa) : 1)) / scale
    if (isDrellYan(term.to)) out.drellYan[term.to] = value
    else if (isTopPair(term.to)) out.topPair[term.to] = value
    else out.rest[term.to] = value
  }
  return out
}

/** All couplings of a model, given ones over defaults. @throws AppError 'input/invalid' */
export function couplingsOf(model: UvModel, given: Readonly<Record<string, number>>): Record<string, number> {
  for (const [name, value] of Object.entries(given)) {
    if (!model.couplings.some((coupling) => coupling.name === name))
      throw new AppError(
        'input/invalid',
        `${model.id} has no coupling "${name}"; it has ${model.couplings.map((c) => c.name).join(', ')}.`,
        { model: model.id, coupling: name },
      )
    if (!Number.isFinite(value))
      throw new AppError('input/invalid', `Coupling ${name} of ${model.id} is ${value}, must be finite.`)
  }
  return Object.fromEntries(model.couplings.map(({ name, default: value }) => [name, given[name] ?? value]))
}
