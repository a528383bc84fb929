import { AppError } from '../errors.ts'

/** More than 4,096 numbers of 400 characters each. */
export const longestLine = 1 << 21

export interface Line {
  /** In the file, from 1. */
  number: number
  text: string
}

export interface LineReader {
  /** The next line, not taken; undefined at the end. @throws AppError 'data/corrupt' for one too long */
  peek(): Line | undefined
  /** Takes the next line. */
  next(): Line | undefined
  /** Characters that follow the line before `peek()`. */
  readonly left: number
}

/** The lines of a text, ended by \n, \r\n or \r, one after the other: a list of them would take many times the text. */
export function createLineReader(text: string): LineReader {
  let at = 0
  let number = 0
  let [feed, carriage] = [text.indexOf('\n'), text.indexOf('\r')]
  let waiting: Line | undefined
  let end = 0

  function find(): Line | undefined {
    if (at > text.length) return undefined
    if (feed >= 0 && feed < at) feed = text.indexOf('\n', at)
    if (carriage >= 0 && carriage < at) carriage = text.indexOf('\r', at)
    const first = feed < 0 || (carriage >= 0 && carriage < feed) ? carriage : feed
    const stop = first < 0 ? text.length : first
    if (stop - at > longestLine)
      throw new AppError(
        'data/corrupt',
        `line ${number + 1} has ${stop - at} characters, at most ${longestLine} are read: is it the file that was meant?`,
        { line: number + 1 },
      )
    end = first < 0 ? text.length + 1 : text[first] === '\r' && feed === first + 1 ? first + 2 : first + 1
    return { number: number + 1, text: text.slice(at, stop) }
  }

  function peek(): Line | undefined {
    return (waiting ??= find())
  }

  return {
    peek,
    next() {
      const line = peek()
      if (line) {
        at = end
        number = line.number
        waiting = undefined
      }
      return line
    },
    get left() {
      return Math.max(0, text.length - at)
    },
  }
}
