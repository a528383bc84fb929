import { AppError } from '../../errors.ts'
import { longestLine } from '../../numerics/line-reader.ts'
import { parseEventLine, type DarkMachinesEvent } from './event-line.ts'

/** A line that is no event. */
export interface BadLine {
  line: number
  reason: string
}

/**
 * Events of a Dark Machines file from text that comes in pieces: what is held is one piece and one line, whatever the
 * size of the file. Lines that are no event are told by their number and left out; empty ones are nothing.
 */
export class EventReader {
  /** Lines read, without empty ones. */
  lines = 0
  badLines = 0
  /** The first of them. */
  readonly bad: BadLine[] = []
  private number = 0
  private rest = ''

  constructor(
    private readonly take: (event: DarkMachinesEvent) => void,
    private readonly mostTold = 20,
  ) {}

  /** @throws AppError 'data/corrupt' for a line longer than any event */
  push(text: string): void {
    const whole = this.rest + text
    let at = 0
    for (let end = whole.indexOf('\n'); end >= 0; end = whole.indexOf('\n', at)) {
      this.line(whole.slice(at, end))
      at = end + 1
    }
    this.rest = whole.slice(at)
    if (this.rest.length > longestLine)
      throw new AppError(
        'data/corrupt',
        `line ${this.number + 1} has more than ${longestLine} characters: is it a file of events?`,
        { line: this.number + 1 },
      )
  }

  /** At the end of the file. @throws AppError 'data/corrupt' where no line is an event */
  finish(): void {
    this.line(this.rest)
    this.rest = ''
    if (this.lines > this.badLines) return
    throw new AppError(
      'data/corrupt',
      this.lines === 0
        ? 'the file has no line: is it the one that was meant?'
        : `none of ${this.lines} lines is an event; line ${this.bad[0].line} ${this.bad[0].reason}`,
    )
  }

  private line(text: string): void {
    this.number++
    if (text.trim() === '') return
    this.lines++
    const event = parseEventLine(text)
    if (typeof event !== 'string') {
      this.take(event)
      return
    }
    this.badLines++
    if (this.bad.length < this.mostTold) this.bad.push({ line: this.number, reason: event })
  }
}
