import { readNumber } from '../../../numerics/read-number.ts'
import { topPairOperatorNames, type TopPairOperatorName } from '../../../physics/top-pair/operators.ts'

/** More weights, or entries of cards, than any reweighting has. */
const mostDefinitions = 10_000
const longestDefinition = 65_536
const longestTag = 400

/** An operator under the app's name, or as generators write it: ctd8, cTD8. */
export function operatorCalled(name: string): TopPairOperatorName | undefined {
  const exact = topPairOperatorNames.find((known) => known === name || `c${known}` === name)
  if (exact || name.length > 10) return exact
  const plain = name.toLowerCase().replace(/^c/, '')
  const alike = topPairOperatorNames.filter((known) => known.toLowerCase() === plain)
  return alike.length === 1 ? alike[0] : undefined
}

interface Entry {
  value: number
  /** What the comment behind it calls it. */
  name: string
}

/** Entries `index value # name` of the SLHA blocks of a header, under "block index". */
function cardEntries(header: string): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  let block = ''
  for (let from = 0; from < header.length && entries.size < mostDefinitions;) {
    const end = header.indexOf('\n', from)
    const line = header.slice(from, Math.min(end < 0 ? header.length : end, from + 400)).trim()
    from = end < 0 ? header.length : end + 1
    const hash = line.indexOf('#')
    const [first, second, ...more] = (hash < 0 ? line : line.slice(0, hash)).trim().split(/\s+/)
    if (/^block$/i.test(first)) block = (second ?? '').toLowerCase()
    else if (block !== '' && more.length === 0 && /^\d{1,9}$/.test(first)) {
      const value = readNumber(second ?? '')
      const name =
        hash < 0
          ? ''
          : (line
              .slice(hash + 1)
              .trim()
              .split(/[\s:,]/)[0] ?? '')
      if (value !== undefined) entries.set(`${block} ${Number(first)}`, { value, name })
    }
  }
  return entries
}

/** Texts of the <weight id="..."> elements of a header by their id. */
function weightDefinitions(header: string): Map<string, string> {
  const found = new Map<string, string>()
  for (
    let at = header.indexOf('<weight ');
    at >= 0 && found.size < mostDefinitions;
    at = header.indexOf('<weight ', at + 1)
  ) {
    const tag = header.slice(at, at + longestTag).split('>', 1)[0]
    const id = /\bid\s{0,9}=\s{0,9}(["'])/.exec(tag)
    if (!id || tag.length === longestTag) continue
    const start = id.index + id[0].length
    const stop = tag.indexOf(id[1], start)
    const text = header.slice(at + tag.length + 1, at + tag.length + 1 + longestDefinition)
    const end = text.indexOf('<')
    if (stop >= 0 && end >= 0) found.set(tag.slice(start, stop).trim(), text.slice(0, end))
  }
  return found
}

/**
 * The points that MadGraph's reweighting names in a header: <weight id="rwgt_2">set param_card dim6 5 2.0</weight>, where the
 * parameter card of the same header says in the comment of its entry which operator `dim6 5` is. Each point starts from that card.
 * Coefficients are divided by the square of the card's Lambda.
 *
 * @returns  coefficients [TeV^-2] by id of the weight; ids whose cards set anything else are left out
 */
export function headerPoints(header: string): Map<string, Map<TopPairOperatorName, number>> {
  const points = new Map<string, Map<TopPairOperatorName, number>>()
  const card = cardEntries(header)
  if (card.size === 0) return points
  const lambda = [...card.values()].find(({ name }) => /^lambda/i.test(name))?.value ?? 1000
  const perLambda2 = (1000 / lambda) ** 2
  const start = new Map<TopPairOperatorName, number>()
  for (const { name, value } of card.values()) {
    const operator = operatorCalled(name)
    if (operator) start.set(operator, value * perLambda2)
  }
  if (start.size === 0 || !(lambda > 0)) return points
  for (const [id, text] of weightDefinitions(header)) {
    const point = new Map(start)
    const understood = text
      .split('\n')
      .map((line) => line.split('#', 1)[0].trim())
      .filter((line) => line !== '')
      .every((line) => {
        const [set, what, block, index, value, ...more] = line.split(/\s+/)
        if (set !== 'set' || what !== 'param_card' || more.length > 0) return false
        const entry = card.get(`${(block ?? '').toLowerCase()} ${Number(index)}`)
        const number = readNumber(value ?? '')
        const operator = entry && operatorCalled(entry.name)
        if (!entry || number === undefined || !Number.isFinite(number)) return false
        if (operator) point.set(operator, number * perLambda2)
        // Setting what is there already changes nothing.
        return operator !== undefined || number === entry.value
      })
    if (understood && text.includes('set param_card')) points.set(id, point)
  }
  return points
}
