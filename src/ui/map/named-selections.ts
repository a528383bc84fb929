import { AppError } from '../../errors.ts'
import { ruleMask, type RuleColumn } from '../../numerics/tables/rules.ts'

interface RuleSelection {
  kind: 'rule'
  text: string
}

/** A selection with its name, as an intent keeps it. */
export interface NamedSelection<S> {
  name: string
  selection: S
}

export interface MaskContext<S extends { kind: string }> {
  count: number
  columns: readonly RuleColumn[]
  named: readonly NamedSelection<S>[]
  /** Of a selection that is no rule. */
  maskOf: (selection: Exclude<S, RuleSelection>) => Uint8Array
}

/**
 * Dots of a selection, which may be a rule that names others.
 *
 * @throws AppError 'input/invalid' where a rule cannot be read, or names itself
 */
export function namedMask<S extends { kind: string }>(selection: S, context: MaskContext<S>): Uint8Array {
  const { count, columns, named, maskOf } = context
  const visit = (own: S, within: readonly string[]): Uint8Array => {
    if (!isRule(own)) return maskOf(own as Exclude<S, RuleSelection>)
    return ruleMask(own.text, {
      ...{ count, columns },
      named: (name) => {
        const found = named.find((each) => each.name.toLowerCase() === name.toLowerCase())
        // A rule within itself holds for nothing that could be told.
        if (!found || within.includes(found.name)) return null
        return visit(found.selection, [...within, found.name])
      },
    })
  }
  return visit(selection, [])
}

function isRule(selection: { kind: string }): selection is RuleSelection {
  return selection.kind === 'rule'
}

/** Most letters of a rule that a link carries (share/map-schema.ts). */
const longestRule = 400

export type Joint = 'and' | 'or' | 'and not'

/**
 * The present selection joined with a kept one. What no rule can say (a region, a list) is kept under a name first.
 *
 * @returns what is selected then, and what is kept
 */
export function joined<S extends { kind: string }>(
  now: S,
  joint: Joint,
  name: string,
  named: readonly NamedSelection<S>[],
): { selection: RuleSelection; named: NamedSelection<S>[] } {
  const same = named.find(({ selection }) => JSON.stringify(selection) === JSON.stringify(now))
  const short = isRule(now) && now.text.length + name.length + 12 < longestRule
  if (!same && short)
    return { selection: { kind: 'rule', text: `(${now.text}) ${joint} ${name}` }, named: [...named] }
  const own = same?.name ?? freeName(named)
  return {
    selection: { kind: 'rule', text: `${own} ${joint} ${name}` },
    named: same ? [...named] : [...named, { name: own, selection: now }],
  }
}

/** "s1", "s2", ...: the first that is free. */
export function freeName(named: readonly { name: string }[]): string {
  let k = 1
  while (named.some(({ name }) => name.toLowerCase() === `s${k}`)) k++
  return `s${k}`
}

/** What a selection may be called: not a word of rules, nor a column. */
export function nameFault(
  name: string,
  columns: readonly RuleColumn[],
  named: readonly { name: string }[],
): string | null {
  const low = name.toLowerCase()
  if (!/^[A-Za-z][A-Za-z0-9-]{0,31}$/.test(name))
    return 'A name begins with a letter and has up to 32 letters, digits and hyphens.'
  if (['and', 'or', 'not'].includes(low)) return `"${name}" joins rules and cannot be a name.`
  if (columns.some((column) => column.name.toLowerCase() === low)) return `"${name}" is a column.`
  if (named.some((each) => each.name.toLowerCase() === low)) return `"${name}" is taken.`
  if (named.length >= 12) return 'Twelve selections are kept; remove one first.'
  return null
}

export interface MaskAnswer {
  mask: Uint8Array
  /** Why a rule holds for no dot: it cannot be read. */
  fault: string | null
}

/** The same for what a link brought: a rule that cannot be read selects nothing, and says why. */
export function maskOrNone<S extends { kind: string }>(selection: S, context: MaskContext<S>): MaskAnswer {
  try {
    return { mask: namedMask(selection, context), fault: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { mask: new Uint8Array(context.count), fault: error.message }
  }
}
