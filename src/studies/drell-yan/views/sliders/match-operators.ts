import type { OperatorInfo } from '../../../../physics/smeft/operators.ts'

const familyWords: Record<OperatorInfo['family'], string> = {
  oblique: 'oblique inputs higgs',
  'lepton-vertex': 'lepton vertex higgs',
  'quark-vertex': 'quark vertex higgs',
  'four-fermion': 'four-fermion contact lepton quark energy',
}

/** Operators that hold every typed word in name, symbol, LaTeX or family; "phi" and "φ" are the same, as are scripts. */
export function matchOperators(operators: readonly OperatorInfo[], query: string): OperatorInfo[] {
  const plain = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/varphi|phi|φ/g, 'φ')
      .replace(/[\\_{}^()]/g, '')
  const words = query.split(/\s+/).map(plain).filter(Boolean)
  return operators.filter((operator) => {
    const text = plain(
      `${operator.name} ${operator.symbol} ${operator.latex} ${familyWords[operator.family]}`,
    )
    return words.every((word) => text.includes(word))
  })
}
