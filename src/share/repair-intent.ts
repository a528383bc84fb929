import type { z } from 'zod'
import { valueAt as at } from './field-path.ts'
import { withDefaults } from './link-defaults.ts'
import type { LinkNote } from './link-notes.ts'
import { quoted } from './link-notes.ts'
import type { LinkDefaults, LinkFields, LinkFormat } from './link-format.ts'
import { isPlainObject } from './untrusted-json.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** Keys through which a careless assignment could reach a prototype. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** Each round changes every faulty place; the deepest one needs a round per level, and clamping one more. */
const roundCap = 16

/** What was found at a place before it was changed; the first finding per place counts. */
type Changes = Map<string, { kind: LinkNote['kind']; path: Path; before: unknown }>

function dotted(path: Path): string {
  return path.map(String).join('.').slice(0, 80)
}

function record(changes: Changes, kind: LinkNote['kind'], path: Path, before: unknown): void {
  const key = dotted(path)
  if (!changes.has(key)) changes.set(key, { kind, path, before })
}

/**
 * A deep copy without dangerous keys and with JSON's odd numbers made ordinary: 1e999 becomes the largest
 * number, for the schema's range to clamp, and -0 becomes 0.
 */
function cleanCopy(value: unknown, path: Path, changes: Changes): unknown {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) && !Number.isNaN(value)) {
      record(changes, 'adjusted', path, value)
      return Math.sign(value) * Number.MAX_VALUE
    }
    if (Object.is(value, -0)) {
      record(changes, 'adjusted', path, value)
      return 0
    }
    return value
  }
  if (Array.isArray(value)) return value.map((item, i) => cleanCopy(item, [...path, i], changes))
  if (!isPlainObject(value)) return value
  const copy: [string, unknown][] = []
  for (const [key, item] of Object.entries(value)) {
    if (forbiddenKeys.has(key)) record(changes, 'unknown', [...path, key], undefined)
    else copy.push([key, cleanCopy(item, [...path, key], changes)])
  }
  return Object.fromEntries(copy)
}

/** Deletes the named value at or above the path; the schema then puts its default there. */
function dropAt(root: unknown, path: Path, changes: Changes): void {
  const firstIndex = path.findIndex((key) => typeof key === 'number')
  let place = firstIndex < 0 ? path : path.slice(0, firstIndex)
  while (place.length > 0) {
    const parent = at(root, place.slice(0, -1))
    const key = place[place.length - 1]
    if (!isPlainObject(parent)) return // gone with its parent, through an earlier issue of this round
    if (Object.hasOwn(parent, key)) {
      record(changes, 'replaced', place, parent[String(key)])
      delete parent[String(key)]
      return
    }
    place = place.slice(0, -1) // a value was required here: the whole that lacks it has to go
  }
}

function setAt(root: unknown, path: Path, value: unknown, changes: Changes): void {
  const parent = at(root, path.slice(0, -1)) as Record<PropertyKey, unknown>
  record(changes, 'adjusted', path, at(root, path))
  parent[path[path.length - 1]] = value
}

function repairIssue(root: unknown, issue: Issue, changes: Changes): void {
  const value = at(root, issue.path)
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      record(changes, 'unknown', [...issue.path, key], undefined)
      if (isPlainObject(value)) delete value[key]
    }
  } else if (issue.code === 'too_big' && typeof value === 'number')
    setAt(root, issue.path, Number(issue.maximum), changes)
  else if (issue.code === 'too_small' && typeof value === 'number')
    setAt(root, issue.path, Number(issue.minimum), changes)
  else if (issue.code === 'too_big' && Array.isArray(value))
    setAt(root, issue.path, value.slice(0, Number(issue.maximum)), changes)
  else if (issue.code === 'invalid_type' && String(issue.expected) === 'int' && typeof value === 'number')
    setAt(root, issue.path, Math.round(value), changes)
  else dropAt(root, issue.path, changes)
}

/** Keys that the schema dropped without a word. */
function recordUnknown(input: unknown, output: unknown, path: Path, changes: Changes): void {
  if (!isPlainObject(input) || !isPlainObject(output)) return
  for (const [key, value] of Object.entries(input)) {
    if (Object.hasOwn(output, key)) recordUnknown(value, output[key], [...path, key], changes)
    else record(changes, 'unknown', [...path, key], undefined)
  }
}

function noteOf(
  { kind, path, before }: { kind: LinkNote['kind']; path: Path; before: unknown },
  fields: LinkFields,
) {
  const name = dotted(path)
  const after = at(fields, path)
  const put = after === undefined ? 'left out' : `set to ${quoted(after)}`
  if (kind === 'unknown')
    return { kind, path: name, message: `${name} is not a setting of this app; left out.` }
  if (kind === 'adjusted')
    return { kind, path: name, message: `${name} was ${quoted(before)}, outside what is allowed; ${put}.` }
  return { kind, path: name, message: `${name} was ${quoted(before)}, which is not accepted; ${put}.` }
}

/**
 * The nearest valid intent to whatever a link says. Numbers are clamped to the schema's ranges, whatever else
 * the schema refuses gives way to its default, unknown keys are left out; every change is named in the notes.
 *
 * @param defaults  those that the link was made with: what it does not say means what it meant
 */
export function repairIntent(
  said: Record<string, unknown>,
  schema: LinkFormat['schema'],
  defaults: LinkDefaults,
): { fields: LinkFields; notes: LinkNote[] } {
  const changes: Changes = new Map()
  let draft = withDefaults(cleanCopy(said, [], changes) as Record<string, unknown>, defaults)
  for (let round = 0; round < roundCap; round++) {
    const parsed = schema.safeParse(draft)
    if (parsed.success) {
      const fields = parsed.data
      recordUnknown(draft, fields, [], changes)
      return { fields, notes: [...changes.values()].map((change) => noteOf(change, fields)) }
    }
    for (const issue of parsed.error.issues) repairIssue(draft, issue, changes)
    draft = withDefaults(draft, defaults)
  }
  const message = 'The settings of the link could not be made valid; all are at their defaults.'
  return { fields: defaults.fields, notes: [{ kind: 'replaced', path: '', message }] }
}
