import { AppError } from '../../errors.ts'
import {
  gluonFactors,
  gluonVectors,
  octetFactor,
  quarkCouplings,
  quarkElementCount,
  quarkElements,
  quarkVectors,
} from './amplitudes.ts'
import { checkParameters, type TopPairParameters } from './parameters.ts'
import { addToSpinDensity, emptySpinDensity, type SpinDensity } from './spin-density.ts'
import { weightToPb } from './totals.ts'

/** Spin density of one term of |M|^2 and what it gives for d sigma/dcos [pb]. */
export interface PartonicTerm extends SpinDensity {
  dsig_dcos_pb: number
}

/** GeV; far above any collider, far below where squares overflow. */
const highestEnergy = 1e7

type Element = (typeof quarkElements)[number]

// A light d quark: R couples to td8 (t_R), L to tq8 (t_R); the other helicity takes part through the SM and the dipole.
const quarkTerms: Record<string, [helicities: ('R' | 'L')[], first: Element, second: Element]> = {
  qq_SM: [['R', 'L'], 'SM', 'SM'],
  qq_td8_lin: [['R'], 'SM', 'tR'],
  qq_td8_quad: [['R'], 'tR', 'tR'],
  qq_tq8_lin: [['L'], 'SM', 'tR'],
  qq_tq8_quad: [['L'], 'tR', 'tR'],
  qq_tG_lin: [['R', 'L'], 'SM', 'tG'],
  qq_tG_quad: [['R', 'L'], 'tG', 'tG'],
  qq_td8_tG: [['R'], 'tR', 'tG'],
  qq_tq8_tG: [['L'], 'tR', 'tG'],
}

/**
 * Every term of q qbar -> t tbar (a d quark with td8 and tq8) and g g -> t tbar at one point of phase space, coefficients 1 TeV^-2.
 * Interference terms contain their factor 2.
 *
 * @param sqrtSHat  GeV, above 2 m_t
 * @param c         cosine of the angle between top and quark
 * @param dipole    c_tG of the app over that of the convention the terms are for
 * @throws AppError 'physics/out-of-range'
 */
export function partonicTerms(
  parameters: TopPairParameters,
  sqrtSHat: number,
  c: number,
  dipole = 1,
): Record<string, PartonicTerm> {
  checkParameters(parameters)
  if (!(sqrtSHat > 2 * parameters.mTop && sqrtSHat <= highestEnergy))
    throw new AppError(
      'physics/out-of-range',
      `t tbar needs sqrt(s^) above 2 m_t = ${2 * parameters.mTop} GeV and at most ${highestEnergy} GeV, got ${sqrtSHat} GeV. Give the partonic energy in GeV.`,
    )
  if (!(Math.abs(c) <= 1))
    throw new AppError('physics/out-of-range', `A cosine lies in [-1, 1], got ${c}. Give cos, not the angle.`)
  const s = sqrtSHat * sqrtSHat
  const toPb = weightToPb(parameters.mTop, s)
  const terms: Record<string, PartonicTerm> = {}
  const finish = (density: SpinDensity): PartonicTerm => ({ ...density, dsig_dcos_pb: density.A * toPb })

  const couplings = new Float64Array(3 * quarkElementCount)
  const vectors = new Float64Array(4 * quarkElementCount)
  quarkCouplings(parameters, s, couplings)
  for (const [name, [helicities, first, second]] of Object.entries(quarkTerms)) {
    const density = emptySpinDensity()
    for (const helicity of helicities) {
      quarkVectors(couplings, (2 * parameters.mTop) / sqrtSHat, c, helicity, false, vectors)
      const [a, b] = [quarkElements.indexOf(first), quarkElements.indexOf(second)]
      const scale = octetFactor * (a === b ? 1 : 2) * dipolePower(first, dipole) * dipolePower(second, dipole)
      addToSpinDensity(density, scale, vectors, 4 * a, vectors, 4 * b)
    }
    terms[name] = finish(density)
  }

  const sm = new Float64Array(32)
  const inserted = new Float64Array(32)
  gluonVectors(parameters, s, c, sm, inserted)
  const gluonTerms: [string, Float64Array, Float64Array, number][] = [
    ['gg_SM', sm, sm, 1],
    ['gg_tG_lin', sm, inserted, 2 * dipole],
    ['gg_tG_quad', inserted, inserted, dipole * dipole],
  ]
  for (const [name, v, w, scale] of gluonTerms) {
    const density = emptySpinDensity()
    for (let k = 0; k < 8; k++) addToSpinDensity(density, scale * gluonFactors[k & 1], v, 4 * k, w, 4 * k)
    terms[name] = finish(density)
  }
  return terms
}

function dipolePower(element: Element, dipole: number): number {
  return element === 'tG' ? dipole : 1
}
