import { operatorFamilies, operators, type OperatorFamily } from '../../../../physics/smeft/operators.ts'

const words: Record<OperatorFamily, string> = {
  oblique: 'inputs',
  'lepton-vertex': 'lepton vertices',
  'quark-vertex': 'quark vertices',
  'four-fermion': 'four-fermion',
}

/**
 * A name for each cluster of operators: the operator itself where it is alone, its textbook family where all or most
 * belong to one, else the families it mixes. Equal names get their first member.
 *
 * @param labels  [17], cluster of each operator
 */
export function familyNames(labels: ArrayLike<number>): string[] {
  const count = Math.max(-1, ...Array.from(labels)) + 1
  const members = Array.from({ length: count }, (_, k) => operators.filter((_, o) => labels[o] === k))
  const names = members.map((group) => {
    if (group.length === 1) return `${group[0].symbol} alone`
    const shares = operatorFamilies
      .map((family) => ({ family, size: group.filter((entry) => entry.family === family).length }))
      .filter(({ size }) => size > 0)
      .sort((a, b) => b.size - a.size)
    const [first] = shares
    if (first.size === group.length) return words[first.family]
    if (first.size > group.length / 2) return `mostly ${words[first.family]}`
    return shares.map(({ family }) => words[family]).join(' + ')
  })
  return names.map((name, k) =>
    names.filter((other) => other === name).length > 1 ? `${name} (${members[k][0].symbol} …)` : name,
  )
}
