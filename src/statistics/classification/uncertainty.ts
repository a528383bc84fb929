import { digamma } from '../../numerics/gamma.ts'

/** Entropies in nats; ln(classes) is complete ignorance. */
export interface Uncertainty {
  /** H[E p]: how unsure the answer is. */
  total: number
  /** E H[p]: what the data cannot tell, whoever looks. Null where the classifier does not split the two. */
  data: number | null
  /** Mutual information total - data: how unsure the classifier is of its own answer. */
  knowledge: number | null
  /** K / alpha_0, 1 without any evidence; null for classifiers without a Dirichlet. */
  vacuity: number | null
}

/** -sum p ln p */
export function entropy(p: ArrayLike<number>): number {
  let sum = 0
  for (let c = 0; c < p.length; c++) if (p[c] > 0) sum -= p[c] * Math.log(p[c])
  return sum
}

export function singleUncertainty(p: ArrayLike<number>): Uncertainty {
  return { total: entropy(p), data: null, knowledge: null, vacuity: null }
}

/**
 * Members of an ensemble: knowledge is how much they disagree (Lakshminarayanan et al. 1612.01474; Depeweg et al.
 * 1710.07283, equation 1).
 *
 * @param members  probabilities of each member
 */
export function ensembleUncertainty(members: readonly ArrayLike<number>[]): Uncertainty {
  const mean = Float64Array.from({ length: members[0].length }, (_, c) =>
    members.reduce((sum, p) => sum + p[c] / members.length, 0),
  )
  const total = entropy(mean)
  const data = members.reduce((sum, p) => sum + entropy(p) / members.length, 0)
  return { total, data, knowledge: Math.max(0, total - data), vacuity: null }
}

/**
 * A Dirichlet over the probabilities: E H[p] = -sum p_c (psi(alpha_c + 1) - psi(alpha_0 + 1)), p = alpha / alpha_0
 * (Malinin, Gales 1802.10501, section 3.1).
 */
export function dirichletUncertainty(alpha: ArrayLike<number>): Uncertainty {
  let total0 = 0
  for (let c = 0; c < alpha.length; c++) total0 += alpha[c]
  const psi0 = digamma(total0 + 1)
  let total = 0
  let data = 0
  for (let c = 0; c < alpha.length; c++) {
    const p = alpha[c] / total0
    if (p > 0) total -= p * Math.log(p)
    data -= p * (digamma(alpha[c] + 1) - psi0)
  }
  return { total, data, knowledge: Math.max(0, total - data), vacuity: alpha.length / total0 }
}
