import { gevMinus2ToPb } from '../units.ts'
import { quarkCouplings, quarkElementCount } from './amplitudes.ts'
import { createChannelSum, elementPair, elementPairCount, lineClasses } from './channel-sum.ts'
import { fluxCount, gluonFlux } from './fluxes.ts'
import type { TopPairOperatorName } from './operators.ts'
import { checkParameters, type TopPairParameters } from './parameters.ts'

export interface TotalWeight {
  operators: readonly TopPairOperatorName[]
  terms: number
  /**
   * Terms of the polynomial integrated over the scattering angle and all decays: sigma = W beta/(8 pi s) for
   * the given fluxes [7] of initial states.
   */
  evaluate(s: number, flux: Float64Array, out: Float64Array, offset?: number): void
}

/**
 * The partonic totals in closed form: q qbar from the polynomial amplitudes, g g as given by Degrande et al.
 * (arXiv:1010.6304, section 3) with L = ln[(1 + beta)/(1 - beta)].
 */
export function createTotalWeight(
  operators: readonly TopPairOperatorName[],
  parameters: TopPairParameters,
): TotalWeight {
  checkParameters(parameters)
  const sum = createChannelSum(operators)
  const couplings = new Float64Array(3 * quarkElementCount)
  const products = new Float64Array(elementPairCount)
  const lines = new Float64Array(lineClasses.length * elementPairCount)
  const gluons = new Float64Array(3)
  return {
    operators,
    terms: sum.terms,
    evaluate(s, flux, out, offset = 0) {
      quarkCouplings(parameters, s, couplings)
      const x2 = (4 * parameters.mTop * parameters.mTop) / s
      for (let e = 0; e < quarkElementCount; e++)
        for (let f = e; f < quarkElementCount; f++) {
          const outer = couplings[3 * e] * couplings[3 * f] + couplings[3 * e + 1] * couplings[3 * f + 1]
          const inner = couplings[3 * e + 2] * couplings[3 * f + 2]
          products[elementPair(e, f)] = (2 * outer + 2 * x2 * inner) / 3
        }
      for (let line = 0; line < lineClasses.length; line++) {
        const both = flux[line & ~1] + flux[line | 1]
        for (let pair = 0; pair < elementPairCount; pair++)
          lines[line * elementPairCount + pair] = both * products[pair]
      }
      gluonTotals(parameters, s, gluons)
      for (let k = 0; k < 3; k++) gluons[k] *= flux[gluonFlux]
      sum.assemble(lines, gluons, out, offset)
    },
  }
}

/** int W dcos of g g: SM^2, SM x dipole (once), dipole^2. */
function gluonTotals({ mTop, vev, alphaS }: TopPairParameters, s: number, out: Float64Array): void {
  const rho = (4 * mTop * mTop) / s
  const beta = Math.sqrt(Math.max(0, 1 - rho))
  if (beta === 0) {
    out.fill(0)
    return
  }
  const l = 2 * Math.atanh(beta)
  const toWeight = (8 * Math.PI * s) / beta
  const perTeV2 = 1e-6
  out[0] =
    (toWeight * Math.PI * alphaS * alphaS * ((rho * rho + 16 * rho + 16) * l - beta * (28 + 31 * rho))) /
    (48 * s)
  out[1] =
    (0.5 * toWeight * perTeV2 * Math.sqrt(2 * Math.PI) * vev * mTop * alphaS ** 1.5 * (8 * l - 9 * beta)) /
    (12 * s)
  out[2] =
    (toWeight * perTeV2 ** 2 * vev * vev * alphaS * (6 * s * beta + mTop * mTop * (8 * l - 3 * beta))) /
    (24 * s)
}

/** sigma / W for one parton flux: beta/(8 pi s) in pb. */
export function weightToPb(mTop: number, s: number): number {
  return (Math.sqrt(Math.max(0, 1 - (4 * mTop * mTop) / s)) / (8 * Math.PI * s)) * gevMinus2ToPb
}

/** Unit fluxes of one initial state, for partonic cross-sections. */
export function unitFlux(initial: 'u' | 'd' | 'b' | 'g'): Float64Array {
  const flux = new Float64Array(fluxCount)
  flux[{ u: 0, d: 2, b: 4, g: gluonFlux }[initial]] = 1
  return flux
}
