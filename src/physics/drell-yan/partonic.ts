import { operatorNames, quadraticCount } from '../smeft/operators.ts'
import { gevMinus2ToPb } from '../units.ts'
import {
  amplitudeCount,
  type AmplitudeModel,
  fillAmplitudes,
  type QuarkType,
  quarkTypes,
} from './amplitude.ts'
import type { EftOrder } from './spectrum-templates.ts'

const n = operatorNames.length

/** SM, 17 linear, 153 quadratic terms of S_q. */
export const responseCount = 1 + n + quadraticCount

/** Sign of each chirality in the part of d sigma / d cos(theta) that is odd: LL and RR go forward, LR and RL backward. */
const oddSigns = [1, -1, -1, 1]

const re = new Float64Array(amplitudeCount)
const im = new Float64Array(amplitudeCount)

/**
 * S_q(s) = sum over chiralities of |A|^2, expanded in the coefficients:
 * S = S_SM + sum_i C_i S_i + sum_{i<=j} C_i C_j S_ij, an off-diagonal S_ij holding both orders of the product.
 *
 * d sigma / d cos(theta) goes with S (1 + c^2) + 2 c D, c = cos(theta) between l- and quark, where D_q has the same terms as
 * S_q, with a minus sign for chiralities LR and RL.
 *
 * @param out  [2, 171] S of u-type then d-type [GeV^-4]; quadratic terms in the order of pairIndex
 * @param odd  [2, 171] D, filled where it is given
 */
export function fillResponse(model: AmplitudeModel, s: number, out: Float64Array, odd?: Float64Array): void {
  out.fill(0)
  odd?.fill(0)
  for (let quark = 0; quark < 2; quark++) {
    const base = quark * responseCount
    for (let chirality = 0; chirality < 4; chirality++) {
      fillAmplitudes(model, quark, chirality, s, re, im)
      addSquares(out, base, 1)
      if (odd) addSquares(odd, base, oddSigns[chirality])
    }
  }
}

/** Adds sign |A|^2 of the amplitudes last filled, expanded in the coefficients, to out[base...]. */
function addSquares(out: Float64Array, base: number, sign: number): void {
  out[base] += sign * (re[0] * re[0] + im[0] * im[0])
  let at = base + 1 + n
  for (let i = 1; i <= n; i++) {
    out[base + i] += sign * 2 * (re[0] * re[i] + im[0] * im[i])
    out[at++] += sign * (re[i] * re[i] + im[i] * im[i])
    for (let j = i + 1; j <= n; j++) out[at++] += sign * 2 * (re[i] * re[j] + im[i] * im[j])
  }
}

/** |A_LL|^2 + |A_RR|^2 and |A_LR|^2 + |A_RL|^2 of one universe, truncated at the given order. */
function helicitySums(
  model: AmplitudeModel,
  quark: QuarkType,
  s: number,
  coefficients: ArrayLike<number> | undefined,
  order: EftOrder,
): [same: number, opposite: number] {
  const sums: [number, number] = [0, 0]
  for (let chirality = 0; chirality < 4; chirality++) {
    fillAmplitudes(model, quarkTypes.indexOf(quark), chirality, s, re, im)
    let shiftRe = 0
    let shiftIm = 0
    if (coefficients)
      for (let i = 0; i < n; i++) {
        shiftRe += coefficients[i] * re[i + 1]
        shiftIm += coefficients[i] * im[i + 1]
      }
    let square = re[0] * re[0] + im[0] * im[0] + 2 * (re[0] * shiftRe + im[0] * shiftIm)
    if (order === 'quadratic') square += shiftRe * shiftRe + shiftIm * shiftIm
    sums[chirality === 0 || chirality === 3 ? 0 : 1] += square
  }
  return sums
}

/** sigma-hat / S_q = s / (144 pi) in pb GeV^4: spin average 1/4 and colour average 1/3 included. */
export function fluxFactor(s: number): number {
  return (s / (144 * Math.PI)) * gevMinus2ToPb
}

/**
 * Total q qbar -> l+ l- cross-section of one lepton flavour [pb].
 *
 * @param coefficients  [17] TeV^-2; SM when left out
 */
export function partonicCrossSection(
  model: AmplitudeModel,
  quark: QuarkType,
  s: number,
  coefficients?: ArrayLike<number>,
  order: EftOrder = 'linear',
): number {
  const [same, opposite] = helicitySums(model, quark, s, coefficients, order)
  return fluxFactor(s) * (same + opposite)
}

/**
 * d sigma-hat / d cos(theta) [pb], theta between the l- and the quark; the odd part is the forward-backward asymmetry.
 *
 * @param coefficients  [17] TeV^-2; SM when left out
 */
export function partonicAngular(
  model: AmplitudeModel,
  quark: QuarkType,
  s: number,
  cosTheta: number,
  coefficients?: ArrayLike<number>,
  order: EftOrder = 'linear',
): number {
  const [same, opposite] = helicitySums(model, quark, s, coefficients, order)
  return (3 / 8) * fluxFactor(s) * (same * (1 + cosTheta) ** 2 + opposite * (1 - cosTheta) ** 2)
}
