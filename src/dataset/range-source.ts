import { AppError } from '../errors.ts'
import { cancelledError, httpError, openOnce, withRetries } from './http.ts'
import type { HttpOptions, OpenResponse } from './http.ts'

/** What a source must know about the file to notice that it got another one. */
export interface ExpectedFile {
  url: string
  /** Length of the file in bytes. */
  bytes: number
  /** Throws where the first bytes of a response do not begin the expected file. */
  checkStart: (firstBytes: Uint8Array) => void
  /** The error for a file that has another length. */
  wrongLength: (found: number | string) => AppError
}

/** Largest file taken whole from a server that does not serve parts. */
const maxWholeBytes = 256 * 1024 * 1024
const startBytes = 128

/**
 * Byte ranges of one file over HTTP. A server that ignores `Range`, compresses on the fly or answers a part
 * of another length is asked once for the whole file, and all later ranges come from that one transfer while
 * it is still running. A broken part is resumed where it stopped.
 */
export class RangeSource {
  /** Counts refreshes: ranges read under an older generation came from a copy known to be stale. */
  generation = 0
  private whole: WholeBody | undefined
  private readonly file: ExpectedFile
  private readonly options: HttpOptions

  constructor(file: ExpectedFile, options: HttpOptions) {
    this.file = file
    this.options = options
  }

  private get cache(): RequestCache {
    return this.generation > 0 ? 'reload' : 'default'
  }

  /**
   * From now on ask past the browser's cache. False when that was already done: then the file is wrong
   * on the server itself.
   */
  refresh(seenGeneration: number): boolean {
    if (seenGeneration < this.generation) return true
    if (this.generation > 0) return false
    this.generation = 1
    this.whole?.close()
    this.whole = undefined
    return true
  }

  /** The bytes from `start` to before `end`, in memory of their own. */
  async bytes(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const out = new Uint8Array(end - start)
    let filled = 0
    const { attempts = 4 } = this.options
    const fromWhole = await withRetries(this.file.url, this.options, async (attempt, last) => {
      // A part that the browser cannot decompress looks like a transfer that broke off: ask for the whole at last.
      const noPartEverCame = (last === 'network' || last === 'cut') && filled === 0
      if (this.whole || (noPartEverCame && attempt === attempts)) return this.wholeBody()
      const range: [number, number] = [start + filled, end]
      const response = await openOnce(this.file.url, { range, cache: this.cache }, this.options)
      if (response.status === 200) return this.wholeBody(response)
      if (response.status === 416) {
        response.close()
        throw this.file.wrongLength(`less than ${end}`)
      }
      if (!this.servesPart(response, range[0])) {
        response.close()
        return this.wholeBody()
      }
      try {
        for (let part = await response.read(); part; part = await response.read()) {
          if (filled + part.length > out.length) return this.wholeBody()
          out.set(part, filled)
          filled += part.length
          if (start === 0 && filled >= startBytes && filled - part.length < startBytes)
            this.file.checkStart(out.subarray(0, filled))
        }
      } finally {
        response.close()
      }
      if (filled < out.length)
        throw httpError('cut', this.file.url, ` after ${start + filled} of ${this.file.bytes} bytes`)
      return undefined
    })
    return fromWhole ? fromWhole.bytes(start, end) : out
  }

  private servesPart({ headers }: OpenResponse, start: number): boolean {
    if (!/^(identity)?$/i.test(headers.get('content-encoding') ?? '')) return false
    const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers.get('content-range') ?? '')
    if (!range) return true // the header may be hidden from another site's page; the hash decides
    if (range[3] !== '*' && Number(range[3]) !== this.file.bytes)
      throw this.file.wrongLength(`${range[3]} bytes`)
    return Number(range[1]) === start
  }

  private wholeBody(response?: OpenResponse): WholeBody {
    if (this.whole) {
      response?.close()
      return this.whole
    }
    if (this.file.bytes > maxWholeBytes) {
      response?.close()
      throw new AppError(
        'data/unsupported',
        `the server of ${this.file.url} does not serve parts of files, and the whole has ${this.file.bytes} bytes, more than the ${maxWholeBytes} this app takes at once: host it where range requests work`,
      )
    }
    this.whole = new WholeBody(this.file, this.options, this.cache, response)
    return this.whole
  }

  close(): void {
    this.whole?.close()
  }
}

/** One transfer of the whole file, read only as far as somebody waits for. */
class WholeBody {
  private readonly buffer: Uint8Array<ArrayBuffer>
  private filled = 0
  private reading: Promise<void> = Promise.resolve()
  private response: OpenResponse | undefined
  private readonly file: ExpectedFile
  private readonly options: HttpOptions
  private readonly cache: RequestCache

  constructor(file: ExpectedFile, options: HttpOptions, cache: RequestCache, response?: OpenResponse) {
    this.file = file
    this.options = options
    this.cache = cache
    this.response = response
    this.buffer = new Uint8Array(file.bytes)
  }

  async bytes(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    // One reader at a time; a failure is told to everyone who waits behind it.
    this.reading = this.reading.then(() =>
      withRetries(this.file.url, this.options, () => this.readUntil(end)),
    )
    await this.reading
    return this.buffer.slice(start, end)
  }

  close(): void {
    this.response?.close()
    this.response = undefined
  }

  private async readUntil(end: number): Promise<void> {
    if (this.filled >= end) return
    if (this.options.signal?.aborted) throw cancelledError(this.file.url)
    if (!this.response) {
      this.filled = 0
      this.response = await openOnce(this.file.url, { cache: this.cache }, this.options)
      if (this.response.status !== 200) {
        const { status } = this.response
        this.close()
        throw httpError('refused', this.file.url, '', status)
      }
    }
    try {
      let checked = this.filled >= startBytes
      // At the last row read on to the end of the body, to notice a file that is too long.
      while (this.filled < end || end === this.file.bytes) {
        const part = await this.response.read()
        const length = this.filled + (part?.length ?? 0)
        if (part && length <= this.buffer.length) this.buffer.set(part, this.filled)
        if (!checked && (!part || length >= startBytes)) {
          this.file.checkStart(length <= this.buffer.length || !part ? this.buffer.subarray(0, length) : part)
          checked = true
        }
        if (length > this.buffer.length) throw this.file.wrongLength(`more than ${this.file.bytes}`)
        this.filled = length
        if (!part) break
      }
      if (this.filled < end)
        throw httpError('cut', this.file.url, ` after ${this.filled} of ${this.file.bytes} bytes`)
    } catch (error) {
      this.close()
      throw error
    }
  }
}
