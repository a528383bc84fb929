import { expect, it } from 'vitest'
import { operators } from '../../physics/smeft/operators.ts'
import { symbolMarkup, symbolParts } from './symbol-parts.ts'

it.each([
  ['C_φWB', 'C', 'φWB', ''],
  ['C_φl⁽³⁾', 'C', 'φl', '(3)'],
  ['C_ll′', 'C', 'll', '′'],
])('%s', (symbol, base, sub, sup) => expect(symbolParts(symbol)).toEqual({ base, sub, sup }))

it('splits every operator so that its LaTeX twin has the same scripts', () => {
  for (const { symbol, latex } of operators) {
    const { base, sub, sup } = symbolParts(symbol)
    const scripts = `${base}_{${sub}}${sup === '′' ? "'" : sup ? `^{${sup}}` : ''}`
    expect(scripts).toBe(latex.replace('\\varphi ', 'φ'))
  }
})

it('writes plotly markup', () => expect(symbolMarkup('C_lq⁽¹⁾')).toBe('<i>C</i><sub>lq</sub><sup>(1)</sup>'))
