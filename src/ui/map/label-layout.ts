import { symbolParts } from '../common/symbol-parts.ts'

/** One piece of text of a label, from its left edge and baseline. */
export interface LabelRun {
  text: string
  x: number
  y: number
  size: number
  italic: boolean
}

const size = 12
const small = 9
/** One letter, a script and no more of either: names of files hold underscores too. */
const symbol = /^\p{L}_[^_.]{1,12}$/u

/**
 * Sets `C_φl⁽³⁾ = 0.2` as a symbol with stacked scripts and plain text after it; what begins with no symbol
 * stays as it is. Widths are estimates for system sans, 10 % too wide rather than too narrow.
 */
export function labelLayout(text: string): { runs: LabelRun[]; width: number } {
  const [head, ...words] = text.split(' ')
  if (!symbol.test(head))
    return { runs: [{ text, x: 0, y: 0, size, italic: false }], width: textWidth(text, size) }
  const { base, sub, sup } = symbolParts(head)
  const runs: LabelRun[] = [{ text: base, x: 0, y: 0, size, italic: true }]
  const scripts = textWidth(base, size) - 0.5
  if (sup) runs.push({ text: sup, x: scripts + 1, y: -5, size: small, italic: false })
  if (sub) runs.push({ text: sub, x: scripts, y: sup ? 5 : 3.5, size: small, italic: false })
  let width = scripts + Math.max(textWidth(sub, small), textWidth(sup, small) + 1)
  if (words.length) {
    const rest = words.join(' ')
    runs.push({ text: rest, x: width + 4, y: 0, size, italic: false })
    width += 4 + textWidth(rest, size)
  }
  return { runs, width }
}

/** Width in pixels, by classes of letters. */
export function textWidth(text: string, fontSize: number): number {
  let em = 0
  for (const letter of text)
    em += /[il.,:;'′|!()[\] tfrjI]/.test(letter) ? 0.38 : /[A-Z%mwΛφ=+−]/.test(letter) ? 0.78 : 0.63
  return em * fontSize
}
