import { AppError } from '../../errors.ts'

/** What a rule can ask of a dot. */
export interface RuleColumn {
  name: string
  /** "C_lq⁽³⁾ / Λ² [TeV⁻²]" */
  title: string
  value: (row: number) => number | string
}

export interface RuleContext {
  /** Dots. */
  count: number
  columns: readonly RuleColumn[]
  /** Non-zero where a dot belongs to the selection of that name; null where there is none. */
  named: (name: string) => Uint8Array | null
}

type Test = (row: number) => boolean

/** Words and signs of a rule; a name in quotes may have spaces. */
const tokenPattern = /\s*("[^"]*"|<=|>=|!=|[<>=()]|[^\s()<>=!"]+)/y

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  tokenPattern.lastIndex = 0
  const end = text.trimEnd().length
  while (tokenPattern.lastIndex < end) {
    const at = tokenPattern.lastIndex
    const match = tokenPattern.exec(text)
    if (!match) throw fault(text, `cannot be read from "${text.slice(at, at + 12).trim()}" on`)
    tokens.push(match[1])
  }
  return tokens
}

const fault = (text: string, what: string): AppError =>
  new AppError(
    'input/invalid',
    `Rule "${text}" ${what}. Write column, sign and number, as in clq3 > 0.01, joined by and, or, not and brackets.`,
  )

const comparisons: Record<string, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
}

/**
 * The dots for which a sentence holds: `clq3 > 0.01 and not (D < 2 or near-sm)`. `not` binds closest, then `and`.
 * A name alone is a kept selection; a column and a number, `universe 412`, ask for equality.
 *
 * @returns mask [count], 1 where it holds
 * @throws  AppError 'input/invalid' with what cannot be read
 */
export function ruleMask(text: string, context: RuleContext): Uint8Array {
  const test = compile(text, context)
  return Uint8Array.from({ length: context.count }, (_, row) => Number(test(row)))
}

function compile(text: string, { columns, named }: RuleContext): Test {
  const tokens = tokensOf(text)
  let at = 0
  const word = () => tokens.at(at)?.toLowerCase()
  const taken = (token: string): boolean => {
    if (word() !== token) return false
    at++
    return true
  }

  function either(): Test {
    const parts = [both()]
    while (taken('or')) parts.push(both())
    return parts.length === 1 ? parts[0] : (row) => parts.some((part) => part(row))
  }

  function both(): Test {
    const parts = [single()]
    while (taken('and')) parts.push(single())
    return parts.length === 1 ? parts[0] : (row) => parts.every((part) => part(row))
  }

  function single(): Test {
    if (taken('not')) {
      const inner = single()
      return (row) => !inner(row)
    }
    if (taken('(')) {
      const inner = either()
      if (!taken(')')) throw fault(text, 'lacks a closing bracket')
      return inner
    }
    return comparison()
  }

  function comparison(): Test {
    const token = tokens.at(at++)
    if (token === undefined) throw fault(text, 'ends where something is missing')
    const name = plain(token)
    const column = columns.find((each) => each.name.toLowerCase() === name.toLowerCase())
    if (!column) {
      const mask = named(name)
      if (mask) return (row) => mask[row] !== 0
      const known = columns.map((each) => each.name)
      throw fault(text, `names "${name}", which is neither a kept selection nor one of ${known.join(', ')}`)
    }
    const next = tokens.at(at)
    const sign = next !== undefined && next in comparisons ? next : '='
    if (sign === next) at++
    const value = tokens.at(at++)
    if (value === undefined) throw fault(text, `has nothing to compare ${column.name} with`)
    const number = Number(plain(value).replace('−', '-'))
    if (Number.isFinite(number) && plain(value) !== '')
      return (row) => comparisons[sign](Number(column.value(row)), number)
    if (sign !== '=' && sign !== '!=') throw fault(text, `compares ${column.name} with "${plain(value)}"`)
    const wanted = plain(value).toLowerCase()
    return (row) => (String(column.value(row)).toLowerCase() === wanted) === (sign === '=')
  }

  const test = either()
  if (at < tokens.length) throw fault(text, `goes on after its end, with "${tokens.slice(at).join(' ')}"`)
  return test
}

const plain = (token: string): string => token.replaceAll('"', '')

/**
 * "clq3 runs from −0.0081 to 0.0081": of the columns of numbers that a rule names, for one that holds nowhere.
 *
 * @param format  how numbers are written
 */
export function rangesOf(
  text: string,
  { count, columns }: Omit<RuleContext, 'named'>,
  format: (value: number) => string,
): string {
  const words = tokensOf(text).map((token) => plain(token).toLowerCase())
  return columns
    .filter(({ name }) => words.includes(name.toLowerCase()))
    .flatMap(({ name, value }) => {
      let [low, high] = [Infinity, -Infinity]
      for (let row = 0; row < count; row++) {
        const number = Number(value(row))
        if (number < low) low = number
        if (number > high) high = number
      }
      return low <= high ? [`${name} runs from ${format(low)} to ${format(high)}`] : []
    })
    .join(', ')
}
