import { operatorNames } from '../physics/smeft/operators.ts'
import type { Focus, Intent } from './schema.ts'
import { defaultIntent } from './default-intent.ts'

interface FlatKey {
  key: string
  field: keyof Intent
  write: (intent: Intent) => string
  read: (text: string) => unknown
  /** Written even at its default, so that a link names what it is about and outlives a change of default. */
  always?: boolean
}

/** A number, or the text itself for the schema to refuse; infinities are let through to be clamped. */
function readNumber(text: string): unknown {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text
}

function writeFocus(focus: Focus): string {
  if (focus.kind === 'universe') return `universe-${focus.id}`
  if (focus.kind === 'row') return `row-${focus.row}`
  return focus.kind
}

function readFocus(text: string): unknown {
  const [kind, number] = text.split('-', 2)
  if (kind === 'universe') return { kind, id: readNumber(number ?? '') }
  if (kind === 'row') return { kind, row: readNumber(number ?? '') }
  return { kind: text }
}

function asIs(text: string): string {
  return text
}

const flatKeys: readonly FlatKey[] = [
  { key: 'view', field: 'view', write: (i) => i.view, read: asIs, always: true },
  { key: 'data', field: 'dataset', write: (i) => i.dataset, read: asIs, always: true },
  { key: 'model', field: 'model', write: (i) => i.model, read: asIs, always: true },
  { key: 'order', field: 'order', write: (i) => i.order, read: asIs },
  { key: 'obs', field: 'observable', write: (i) => i.observable, read: asIs },
  { key: 'ratio', field: 'ratioTo', write: (i) => i.ratioTo, read: asIs },
  { key: 'colour', field: 'colourBy', write: (i) => i.colourBy, read: asIs },
  { key: 'focus', field: 'focus', write: (i) => writeFocus(i.focus), read: readFocus },
  { key: 'tab', field: 'interpretTab', write: (i) => i.interpretTab, read: asIs },
  { key: 'replicas', field: 'extraReplicas', write: (i) => String(i.extraReplicas), read: readNumber },
  { key: 'seed', field: 'replicaSeed', write: (i) => String(i.replicaSeed), read: readNumber },
]

/** Fields of the intent that travel as readable keys; all others go into the packed part. */
export const flatFields: ReadonlySet<string> = new Set([...flatKeys.map((k) => k.field), 'coefficients'])

/** `key=value` pairs in a fixed order: equal intents give equal links. */
export function writeFlat(intent: Intent): [key: string, value: string][] {
  const pairs: [string, string][] = []
  for (const { key, write, always } of flatKeys)
    if (always || write(intent) !== write(defaultIntent)) pairs.push([key, write(intent)])
  for (const name of operatorNames) {
    const value = intent.coefficients[name]
    if (value !== undefined) pairs.push([`c.${name}`, String(value)])
  }
  return pairs
}

/** The fields of the intent that the pairs name, unchecked, and the keys nobody knows. */
export function readFlat(pairs: Iterable<readonly [key: string, value: string]>): {
  fields: Record<string, unknown>
  known: string[]
  unknown: string[]
} {
  const fields: Record<string, unknown> = {}
  const coefficients: Record<string, unknown> = {}
  const known: string[] = []
  const unknown: string[] = []
  for (const [key, value] of pairs) {
    const flat = flatKeys.find((k) => k.key === key)
    const operator = operatorNames.find((name) => key === `c.${name}`)
    if (flat) fields[flat.field] = flat.read(value)
    else if (operator) coefficients[operator] = readNumber(value)
    ;(flat || operator ? known : unknown).push(key)
  }
  if (Object.keys(coefficients).length > 0) fields.coefficients = coefficients
  return { fields, known, unknown }
}
