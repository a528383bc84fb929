import { topPairOperators, type TopPairOperatorName } from '../../../../physics/top-pair/operators.ts'

/** How a parameter of someone else is a coefficient of ours: c = factor x theirs, or g_s times theirs. */
export interface NamedCoefficient {
  operator: TopPairOperatorName
  factor: 1 | -1 | 'gs'
}

/** Letters and digits alone: c_Qq^{1,8} and cQq18 are the same. */
const bare = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '')

const table = new Map<string, NamedCoefficient>()
for (const { name, dim6top, smeftsim, smefit } of topPairOperators) {
  const plain: NamedCoefficient = { operator: name, factor: 1 }
  for (const each of [name, `c${name}`, dim6top]) table.set(bare(each), plain)
  if (name === 'tG') continue
  for (const each of [smeftsim, smefit, `O${smefit.slice(1)}`]) table.set(bare(each), plain)
}
table.set('ctGRe', { operator: 'tG', factor: -1 })
table.set('OtG', { operator: 'tG', factor: 'gs' })

/**
 * The coefficient that a name of another program means: our names with a leading c or without, those of dim6top, SMEFTsim and
 * SMEFiT. ctG is dim6top's, but in a file of SMEFiT, whose dipole has g_s in front of the operator.
 */
export function namedCoefficient(name: string, format: string): NamedCoefficient | undefined {
  const found = table.get(bare(name.slice(0, 80)))
  return found?.operator === 'tG' && found.factor === 1 && format === 'SMEFiT'
    ? { operator: 'tG', factor: 'gs' }
    : found
}
