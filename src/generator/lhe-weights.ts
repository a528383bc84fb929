import type { AppError } from '../errors.ts'
import { readNumber } from '../numerics/read-number.ts'

export type Corrupt = (what: string, cure?: string) => AppError

const idStart = /\s+id\s*=\s*(["'])/y

/**
 * The weights of an event beside XWGTUP: <wgt id="name"> number </wgt> and a row of numbers in <weights>. Each part of the text is
 * looked at once.
 *
 * @throws what `corrupt` makes of a tag that is not complete or holds no number
 */
export function readWeights(
  body: string,
  number: number,
  corrupt: Corrupt,
): { names: string[]; weights: Float64Array } {
  const names: string[] = []
  const values: number[] = []
  const read = (text: string, label: string) => {
    const value = readNumber(text)
    if (value === undefined)
      throw corrupt(`event ${number}: the weight ${label} is "${text.slice(0, 40)}", must be a number`)
    names.push(label)
    values.push(value)
  }
  let opened = 0
  for (let at = body.indexOf('<wgt'); at >= 0; at = body.indexOf('<wgt', at + 4)) {
    if (!/[\s>]/.test(body[at + 4] ?? '')) continue
    opened++
    idStart.lastIndex = at + 4
    const quote = idStart.exec(body)?.[1]
    const from = idStart.lastIndex
    const to = quote ? body.indexOf(quote, from) : -1
    const end = to < 0 ? -1 : body.indexOf('>', to)
    const close = end < 0 ? -1 : body.indexOf('<', end)
    if (close < 0 || !body.startsWith('</wgt>', close))
      throw corrupt(`event ${number} opens a <wgt> tag, number ${opened}, that is not complete`)
    read(body.slice(end + 1, close).trim(), body.slice(from, to).trim())
    at = close
  }
  const row = body.indexOf('<weights>')
  const rowEnd = row < 0 ? -1 : body.indexOf('</weights>', row)
  if (rowEnd >= 0)
    body
      .slice(row + 9, rowEnd)
      .trim()
      .split(/\s+/)
      .forEach((text, k) => read(text, `weight ${k + 1}`))
  return { names, weights: Float64Array.from(values) }
}
