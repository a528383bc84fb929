import type { TopPairProcess } from '../../../../physics/top-pair/hadronic.ts'
import { coefficientMonomials, termNames } from '../../../../physics/top-pair/polynomial.ts'
import { ratioDistance, type RatioDistance } from '../../../../statistics/ratio-diagnostics.ts'
import type { RatioNetwork } from '../../../../ml/ratio/ratio-network.ts'
import { partonRatios } from './ratio-report.ts'
import { comparisonPoints } from './positive-rows.ts'

/** Learned against exact dσ(c)/dσ(SM) of the whole polynomial at coefficients of one length, over the parton-level plane. */
export interface DistanceAtPoints {
  points: ({ c: number[] } & RatioDistance)[]
  /** Largest over points. */
  worstRmsLogRatioCentral: number
  meanKl: number
  /** Of the learned ratio anywhere in the plane at any of the points. */
  smallestRatio: number
}

/**
 * Along each axis and each diagonal of two axes, with both signs. Terms that no network knows count as 0.
 *
 * @param size  length of c [TeV^-2]
 */
export function distanceAtPoints(
  process: TopPairProcess,
  networks: readonly RatioNetwork[],
  size: number,
): DistanceAtPoints {
  const names = termNames(process.operators).slice(1)
  const parts = names.map((term) =>
    networks.some(({ terms }) => terms.includes(term)) ? partonRatios(process, networks, term) : null,
  )
  const sm = parts.find((part) => part !== null)
  if (!sm) return { points: [], worstRmsLogRatioCentral: 0, meanKl: 0, smallestRatio: 1 }
  let smallestRatio = Infinity
  const points = comparisonPoints(process.operators.length, size).map((c) => {
    const monomials = coefficientMonomials(c)
    const sumOf = (kind: 'learned' | 'exact'): Float64Array => {
      const r = new Float64Array(sm.smWeight.length).fill(1)
      parts.forEach((part, t) => part?.[kind].forEach((value, i) => (r[i] += monomials[t + 1] * value)))
      return r
    }
    const learned = sumOf('learned')
    smallestRatio = learned.reduce((least, r) => Math.min(least, r), smallestRatio)
    return { c, ...ratioDistance(learned, sumOf('exact'), sm.smWeight) }
  })
  return {
    points,
    worstRmsLogRatioCentral: Math.max(...points.map((point) => point.rmsLogRatioCentral)),
    meanKl: points.reduce((sum, { kl }) => sum + kl, 0) / points.length,
    smallestRatio,
  }
}
