import { gluonFactors, gluonVectors, quarkCouplings, quarkElementCount, quarkVectors } from './amplitudes.ts'
import { createChannelSum, elementPair, elementPairCount, lineClasses } from './channel-sum.ts'
import { contract, decayMatrix } from './decay-matrix.ts'
import { fluxCount, gluonFlux } from './fluxes.ts'
import type { TopPairOperatorName } from './operators.ts'
import { checkParameters, type TopPairParameters } from './parameters.ts'

export interface EventWeight {
  operators: readonly TopPairOperatorName[]
  terms: number
  /**
   * Terms of the polynomial for one phase-space point, summed over all initial states, dimensionless times the fluxes:
   * d sigma/(dcos dOmega+/4pi dOmega-/4pi) = W beta/(8 pi s).
   *
   * @param s      m_tt^2 [GeV^2]
   * @param c      cosine of the angle between top and beam 1
   * @param d      from decayMatrix, axes r and n built with beam 1; `isotropicDecay` for the mean over lepton directions
   * @param flux   [7] from createFluxes
   */
  evaluate(
    s: number,
    c: number,
    d: Float64Array,
    flux: Float64Array,
    out: Float64Array,
    offset?: number,
  ): void
}

/** Mean of the decay matrix over both lepton directions. */
export const isotropicDecay: Float64Array = (() => {
  const d = new Float64Array(16)
  for (let i = 0; i < 4; i++) d[5 * i] = 0.25
  return d
})()

/**
 * Exact polynomial weights of p p -> t tbar -> b l+ nu bbar l- nubar with complete spin correlation.
 * The object keeps buffers: use one per thread of work.
 */
export function createEventWeight(
  operators: readonly TopPairOperatorName[],
  parameters: TopPairParameters,
): EventWeight {
  checkParameters(parameters)
  const sum = createChannelSum(operators)
  const { elements } = sum
  const withDipole = operators.includes('tG')
  const couplings = new Float64Array(3 * quarkElementCount)
  const vectors = new Float64Array(4 * quarkElementCount)
  const products = new Float64Array(4 * elementPairCount) // [helicity R, L][quark in beam 1, 2][pair]
  const lines = new Float64Array(lineClasses.length * elementPairCount)
  const sm = new Float64Array(32)
  const dipole = new Float64Array(32)
  const gluons = new Float64Array(3)

  function quarkLines(s: number, c: number, d: Float64Array, flux: Float64Array): void {
    quarkCouplings(parameters, s, couplings)
    const x = (2 * parameters.mTop) / Math.sqrt(s)
    for (let helicity = 0; helicity < 2; helicity++)
      for (let beam = 0; beam < 2; beam++) {
        quarkVectors(couplings, x, c, helicity === 0 ? 'R' : 'L', beam === 1, vectors)
        const base = (2 * helicity + beam) * elementPairCount
        for (let i = 0; i < elements.length; i++)
          for (let j = i; j < elements.length; j++)
            products[base + elementPair(elements[i], elements[j])] = contract(
              d,
              vectors,
              4 * elements[i],
              vectors,
              4 * elements[j],
            )
      }
    for (let line = 0; line < lineClasses.length; line++) {
      const helicity = line & 1
      const f1 = flux[line & ~1]
      const f2 = flux[line | 1]
      const base = 2 * helicity * elementPairCount
      for (let pair = 0; pair < elementPairCount; pair++)
        lines[line * elementPairCount + pair] =
          f1 * products[base + pair] + f2 * products[base + elementPairCount + pair]
    }
  }

  function gluonLines(s: number, c: number, d: Float64Array, flux: number): void {
    gluonVectors(parameters, s, c, sm, dipole)
    let smSm = 0
    let smDipole = 0
    let dipoleDipole = 0
    for (let k = 0; k < 8; k++) {
      const colour = gluonFactors[k & 1]
      smSm += colour * contract(d, sm, 4 * k, sm, 4 * k)
      if (!withDipole) continue
      smDipole += colour * contract(d, sm, 4 * k, dipole, 4 * k)
      dipoleDipole += colour * contract(d, dipole, 4 * k, dipole, 4 * k)
    }
    gluons[0] = flux * smSm
    gluons[1] = flux * smDipole
    gluons[2] = flux * dipoleDipole
  }

  return {
    operators,
    terms: sum.terms,
    evaluate(s, c, d, flux, out, offset = 0) {
      quarkLines(s, c, d, flux)
      gluonLines(s, c, d, flux[gluonFlux])
      sum.assemble(lines, gluons, out, offset)
    },
  }
}

/** A truth point of the six-body final state as far as the weights depend on it. */
export interface TruthPoint {
  mttGeV: number
  ytt: number
  /** Cosine of the angle between top and beam 1 in the rest frame of the pair. */
  cosTheta: number
  /** Unit vectors of l+ and l- in the rest frame of their top along (r, n, k), r built with beam 1. */
  plus: readonly [number, number, number]
  minus: readonly [number, number, number]
}

/** Reader of weights W at truth points, with the flux factor 2/m_tt [1/TeV] of d sigma/(dm dy) included. */
export function createPointWeights(
  weight: EventWeight,
  fluxes: (x1: number, x2: number, out: Float64Array) => void,
  sqrtS: number,
): (point: TruthPoint) => Float64Array {
  const flux = new Float64Array(fluxCount)
  const d = new Float64Array(16)
  return ({ mttGeV, ytt, cosTheta, plus, minus }) => {
    const root = mttGeV / sqrtS
    fluxes(root * Math.exp(ytt), root * Math.exp(-ytt), flux)
    for (let k = 0; k < fluxCount; k++) flux[k] *= 2000 / mttGeV
    decayMatrix(plus[0], plus[1], plus[2], minus[0], minus[1], minus[2], d)
    const out = new Float64Array(weight.terms)
    weight.evaluate(mttGeV * mttGeV, cosTheta, d, flux, out)
    return out
  }
}
