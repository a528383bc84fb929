/** Something the reader of a link should know. Texts are plain and must be shown as text. */
export interface LinkNote {
  kind:
    | 'unknown' // a key this app does not have was dropped
    | 'adjusted' // a number was clamped or rounded, or a list shortened
    | 'replaced' // a value that is not accepted (any more) gave way to the default
    | 'repaired' // damage by a mail or chat client was undone; the checksum agrees
    | 'unchecked' // there is no checksum
    | 'migrated' // the link was made for an older format
  /** Where: a dotted path such as `training.steps`, or a key of the link; empty for the whole link. */
  path: string
  message: string
}

/** At most this many notes: a hostile link could otherwise cause thousands. */
const noteCap = 50

/** A stranger's value cut to what fits in a sentence. */
export function quoted(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = Object.is(value, -0) ? '-0' : typeof value === 'number' ? String(value) : JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

export function cappedNotes(notes: readonly LinkNote[]): LinkNote[] {
  if (notes.length <= noteCap) return [...notes]
  const more = notes.length - noteCap
  return [
    ...notes.slice(0, noteCap),
    { kind: 'unknown', path: '', message: `${more} more settings of the link were dropped or adjusted.` },
  ]
}
