/** The closed list of failures the app can name. Each is shown with what to do about it. */
export const errorCodes = [
  'data/not-found',
  'data/corrupt',
  'data/unsupported',
  'data/mismatch',
  'model/mismatch',
  'model/corrupt',
  'physics/out-of-range',
  'physics/unknown-operator',
  'numerics/not-converged',
  'numerics/not-positive-definite',
  'statistics/bad-likelihood',
  'ml/backend-unavailable',
  'ml/diverged',
  'ml/device-lost',
  'share/invalid',
  'share/too-new',
  'input/invalid',
  'job/cancelled',
  'job/crashed',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** What crosses a worker boundary or is shown in a panel. */
export interface PlainError {
  code: ErrorCode
  message: string
  context: Record<string, unknown>
}

/** Most characters of a text that is shown: one that grows with what was read could fill the page, or freeze it. */
export const longestText = 480
/** A name or number longer than this is no reading. */
const longestWord = 120
const longestName = 80

/** Head and tail of a text with "…" between them: names end in what they are, errors in the cure. */
function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text
  const tail = Math.floor(0.4 * (most - 1))
  // A character of two halves is left out whole.
  const head = text.slice(0, most - 1 - tail).replace(/[\uD800-\uDBFF]$/, '')
  return `${head}…${text.slice(text.length - tail).replace(/^[\uDC00-\uDFFF]/, '')}`
}

/** Control characters and those that turn the direction of writing. */
const unseen = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g

/**
 * A text as it is shown: at most `longestText` characters on one line, long words and then the whole cut in the middle. Control
 * characters and those that turn the direction of writing become blanks. Linear in the text.
 */
export function capText(text: string): string {
  const short = cutMiddle(text, 8 * longestText) // before any pattern sees it
    .replace(unseen, ' ')
    .replace(/\S+/g, (word) => cutMiddle(word, longestWord))
  return cutMiddle(short, longestText)
}

/** The name of a file for the page and for messages, its ending kept; nothing in it turns the direction of what stands around it. */
export function shortName(name: string, most = longestName): string {
  return cutMiddle(cutMiddle(name, 8 * most).replace(unseen, ' '), most)
}

interface Issue {
  path: PropertyKey[]
  message: string
}

type Checked<T> = { success: true; data: T } | { success: false; error: { issues: Issue[] } }

/** What a schema says of a value from outside. A schema that runs out of stack over its own complaints has one. */
export function checkedBy<T>(schema: { safeParse(value: unknown): Checked<T> }, value: unknown): Checked<T> {
  try {
    return schema.safeParse(value)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { success: false, error: { issues: [{ path: [], message: 'more is wrong than can be counted' }] } }
  }
}

/** The first three complaints of a schema, each with the path of its field; how many more there are. */
export function describeIssues(issues: readonly Issue[]): string {
  const shown = issues
    .slice(0, 3)
    .map(
      ({ path, message }) =>
        `${cutMiddle(path.map(String).join('.'), longestName) || 'top level'}: ${cutMiddle(message, longestWord)}`,
    )
  const rest = issues.length - shown.length
  return shown.join('; ') + (rest > 0 ? `; and ${rest.toLocaleString('en-US')} more` : '')
}

/**
 * A failure with a code. The message is one sentence for the reader: what, where, both numbers, the cure; whatever was put
 * into it, no longer than can be read.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly context: Record<string, unknown>

  constructor(code: ErrorCode, message: string, context: Record<string, unknown> = {}) {
    super(capText(message))
    this.name = 'AppError'
    this.code = code
    this.context = context
  }

  toPlain(): PlainError {
    return { code: this.code, message: this.message, context: this.context }
  }

  /** The same failure with the name of what it is about in front, unless it is there. */
  about(name: string): AppError {
    if (this.message.startsWith(name)) return this
    return new AppError(this.code, `${name}: ${this.message}`, this.context)
  }

  static fromPlain(plain: PlainError): AppError {
    return new AppError(plain.code, plain.message, plain.context)
  }

  /** Any thrown value as an AppError; an unknown one becomes `job/crashed` and keeps its message. */
  static from(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    return new AppError('job/crashed', message, thrown instanceof Error ? { stack: thrown.stack } : {})
  }
}
