import type * as z from 'zod'
import type { Migration } from './migrations.ts'

/** SHA-256 of the dataset's manifest and of the model's card, or the first digits of it, in hex. */
export interface LinkHashes {
  dataHash?: string
  modelHash?: string
}

/** A field of the intent that travels as a readable `key=value`. */
export interface FlatKey {
  key: string
  /** Where the field is, from the outermost name inwards. */
  path: readonly string[]
  write: (value: unknown) => string
  read: (text: string) => unknown
  /** Written even at its default, so that a link names what it is about and outlives a change of default. */
  always?: boolean
}

/** A field that holds numbers by name, as `prefix.name=value`; absent names are left out. */
export interface FlatRecord {
  prefix: string
  path: readonly string[]
  names: readonly string[]
}

/** What of a link belongs to one study. */
export interface LinkPart {
  /** Fields of its intent. */
  shape: z.ZodRawShape
  keys: readonly FlatKey[]
  records: readonly FlatRecord[]
  /**
   * Defaults of fields that hold objects, by field or, deeper, by names with dots: of these, only what differs is
   * written. What a dotted name stands in is named as well.
   */
  nested: Readonly<Record<string, object>>
}

/** Fields of an intent as a link keeps them, by name. */
export type LinkFields = Readonly<Record<string, unknown>>

/** What a link of one generation means where it says nothing. */
export interface LinkDefaults {
  fields: LinkFields
  /** Of objects that are written in part, by names with dots; those that hold others stand before them. */
  parts: ReadonlyMap<string, object>
}

/** All that the codec has to know of what it carries. */
export interface LinkFormat extends Pick<LinkPart, 'keys' | 'records'> {
  schema: z.ZodType<Record<string, unknown>>
  /** Generation n is the n-th; links are written with the last. */
  generations: readonly LinkDefaults[]
  /** Lead from version 1 to the current one. */
  migrations: readonly Migration[]
}

/** The defaults that links are written with. */
export function latestDefaults({ generations }: LinkFormat): LinkDefaults {
  return generations[generations.length - 1]
}

/** Longest text that can be a number: what is longer is judged by no pattern. */
const longestNumber = 400

/** A number, or the text itself for the schema to refuse; infinities are let through to be clamped. */
export function readNumber(text: string): unknown {
  if (text.length > longestNumber) return text
  return /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text
}

/** A field whose value is the text itself. */
export function textKey(key: string, field: string, always = false): FlatKey {
  return { key, path: [field], write: String, read: (text) => text, always }
}

export function numberKey(key: string, field: string): FlatKey {
  return { key, path: [field], write: String, read: readNumber }
}
