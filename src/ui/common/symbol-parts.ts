const plainDigits: Record<string, string> = {
  '⁰': '0',
  '¹': '1',
  '²': '2',
  '³': '3',
  '⁴': '4',
  '⁵': '5',
  '⁶': '6',
  '⁷': '7',
  '⁸': '8',
  '⁹': '9',
  '⁽': '(',
  '⁾': ')',
  '˒': ',',
}

const scripts = /([⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾˒]+)$/

/** Splits a Unicode symbol such as C_φl⁽³⁾ or C_ll′ into base, subscript and superscript. */
export function symbolParts(symbol: string): { base: string; sub: string; sup: string } {
  const [base, rest = ''] = symbol.split('_', 2)
  const raised = scripts.exec(rest)?.[1] ?? ''
  const prime = rest.endsWith('′') ? '′' : ''
  return {
    base,
    sub: rest.slice(0, rest.length - raised.length - prime.length),
    sup: prime || [...raised].map((c) => plainDigits[c] ?? c).join(''),
  }
}

/** The symbol for plotly and SVG text: base with sub and sup tags. */
export function symbolMarkup(symbol: string): string {
  const { base, sub, sup } = symbolParts(symbol)
  return `<i>${base}</i>${sub ? `<sub>${sub}</sub>` : ''}${sup ? `<sup>${sup}</sup>` : ''}`
}
