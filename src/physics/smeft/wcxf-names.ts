import type { OperatorName } from './operators.ts'

/** Names of the Warsaw basis in WCxf (arXiv:1712.05298) by number of family indices. */
const names: Record<0 | 2 | 4, readonly string[]> = {
  0: [
    ...['G', 'Gtilde', 'W', 'Wtilde', 'phi', 'phiBox', 'phiD', 'phiG', 'phiB', 'phiW', 'phiWB'],
    ...['phiGtilde', 'phiBtilde', 'phiWtilde', 'phiWtildeB'],
  ],
  2: [
    ...['uphi', 'dphi', 'ephi', 'eW', 'eB', 'uG', 'uW', 'uB', 'dG', 'dW', 'dB', 'llphiphi'],
    ...['phil1', 'phil3', 'phie', 'phiq1', 'phiq3', 'phiu', 'phid', 'phiud'],
  ],
  4: [
    ...['ll', 'qq1', 'qq3', 'lq1', 'lq3', 'ee', 'uu', 'dd', 'eu', 'ed', 'ud1', 'ud8', 'le', 'lu', 'ld'],
    ...['qe', 'qu1', 'qu8', 'qd1', 'qd8', 'ledq', 'quqd1', 'quqd8', 'lequ1', 'lequ3'],
    ...['duql', 'qque', 'qqql', 'duue'],
  ],
}

export interface WcxfName {
  family: string
  indices: string
}

/** Family and indices of a WCxf name such as lq1_1122; null for a name that the Warsaw basis does not have. */
export function parseWcxfName(name: string): WcxfName | null {
  const [family, indices = '', ...rest] = name.split('_')
  const count = ([0, 2, 4] as const).find((n) => names[n].includes(family))
  if (count === undefined || rest.length > 0 || indices.length !== count || !/^[123]*$/.test(indices))
    return null
  return name === family || indices !== '' ? { family, indices } : null
}

/** Orders of the indices prst of four-fermion families that name one coefficient, up to complex conjugation. */
const sameCurrents = ['ll', 'qq1', 'qq3', 'ee', 'uu', 'dd']
const hermitianPairs = [
  'lq1',
  'lq3',
  'eu',
  'ed',
  'ud1',
  'ud8',
  'le',
  'lu',
  'ld',
  'qe',
  'qu1',
  'qu8',
  'qd1',
  'qd8',
]
const hermitian = ['phil1', 'phil3', 'phie', 'phiq1', 'phiq3', 'phiu', 'phid']

/**
 * The indices under which WCxf lists a coefficient, of those that name the same one: a Hermitian current exchanges its two indices
 * with complex conjugation, two like currents exchange places, and Fierz identities exchange the indices of O_ee as well
 * (arXiv:1312.2014, appendix A; arXiv:1712.05298, section 3.2). WCxf takes the first in order.
 */
export function independentIndices({ family, indices }: WcxfName): { indices: string; conjugate: boolean } {
  const [p, r, s, t] = indices
  const orders: { indices: string; conjugate: boolean }[] = [{ indices, conjugate: false }]
  if (hermitian.includes(family)) orders.push({ indices: r + p, conjugate: true })
  if (family === 'llphiphi') orders.push({ indices: r + p, conjugate: false })
  if (hermitianPairs.includes(family) || sameCurrents.includes(family))
    orders.push({ indices: r + p + t + s, conjugate: true })
  if (sameCurrents.includes(family))
    for (const {
      indices: [a, b, c, d],
      conjugate,
    } of [...orders])
      orders.push({ indices: c + d + a + b, conjugate })
  if (family === 'ee')
    for (const {
      indices: [a, b, c, d],
      conjugate,
    } of [...orders])
      orders.push({ indices: a + d + c + b, conjugate })
  return orders.reduce((first, other) => (other.indices < first.indices ? other : first))
}

export interface UniversalRule {
  operator: OperatorName
  family: string
  /** Entries that are equal to the coefficient times `factor` under U(3)^5; the first stands for all. */
  entries: readonly string[]
  factor: number
}

const two = ['11', '22', '33']
// The first family's entry first: valence quarks and first-family leptons decide.
const four = ['1111', '1122', '1133', '2211', '2222', '2233', '3311', '3322', '3333']

/**
 * Where the 17 coefficients stand in WCxf. A file lists each operator once, so O_ll,1221 = O_ll,2112 appears with
 * the sum of both: ll_1221 = 2 C_ll' (flavio's G_F has ll_1221/2 − phil3_11 − phil3_22).
 */
export const universalRules: readonly UniversalRule[] = [
  { operator: 'cHWB', family: 'phiWB', entries: [''], factor: 1 },
  { operator: 'cHD', family: 'phiD', entries: [''], factor: 1 },
  { operator: 'cll1', family: 'll', entries: ['1221', '1331', '2332'], factor: 2 },
  { operator: 'cHl1', family: 'phil1', entries: two, factor: 1 },
  { operator: 'cHl3', family: 'phil3', entries: two, factor: 1 },
  { operator: 'cHe', family: 'phie', entries: two, factor: 1 },
  { operator: 'cHq1', family: 'phiq1', entries: two, factor: 1 },
  { operator: 'cHq3', family: 'phiq3', entries: two, factor: 1 },
  { operator: 'cHu', family: 'phiu', entries: two, factor: 1 },
  { operator: 'cHd', family: 'phid', entries: two, factor: 1 },
  { operator: 'clq1', family: 'lq1', entries: four, factor: 1 },
  { operator: 'clq3', family: 'lq3', entries: four, factor: 1 },
  { operator: 'ceu', family: 'eu', entries: four, factor: 1 },
  { operator: 'ced', family: 'ed', entries: four, factor: 1 },
  { operator: 'clu', family: 'lu', entries: four, factor: 1 },
  { operator: 'cld', family: 'ld', entries: four, factor: 1 },
  { operator: 'cqe', family: 'qe', entries: four, factor: 1 },
]

export function wcxfName(family: string, indices: string): string {
  return indices === '' ? family : `${family}_${indices}`
}
