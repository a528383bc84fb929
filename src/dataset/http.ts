import { AppError } from '../errors.ts'

/** How the dataset room talks to a server; every part is replaceable so that tests need neither network nor clock. */
export interface HttpOptions {
  fetch?: typeof fetch
  signal?: AbortSignal
  /** Waits before a retry. */
  delay?: (milliseconds: number) => Promise<void>
  /** Calls `onStall` when `touch` was not called for the given time. */
  watchdog?: (milliseconds: number, onStall: () => void) => { touch(): void; stop(): void }
  /** A connection that is silent for this long is given up [ms]. */
  stallMs?: number
  /** Attempts per request, the first included. */
  attempts?: number
}

/** Why a request failed, in `context.reason` of the AppError. */
export type HttpFailure =
  'not-found' | 'forbidden' | 'busy' | 'server' | 'refused' | 'network' | 'stalled' | 'web-page' | 'cut'

export function httpError(reason: HttpFailure, url: string, detail = '', status?: number): AppError {
  const sentences: Record<HttpFailure, string> = {
    'not-found': `there is no file at ${url} (404): check the address, or reload the page if the site was just updated`,
    forbidden: `the server does not hand out ${url} (${status}): ask its owner for access, or download the file and drop it on the Data view`,
    busy: `the server of ${url} is busy (429) and stayed so: wait a minute and try again`,
    server: `the server of ${url} failed (${status}) and stayed so: try again later`,
    refused: `the server answered ${status} for ${url}: check the address`,
    network: `could not reach ${url}: the network or the server is down, or that site does not allow other pages to read it; check the connection, or download the file and drop it on the Data view`,
    stalled: `the connection to ${url} went silent${detail}: check the connection and try again`,
    'web-page': `got a web page instead of data from ${url}: a login or network sign-in page may be in the way, open the address in a new tab to see it`,
    cut: `the transfer of ${url} broke off${detail}: check the connection and try again`,
  }
  const corrupt = reason === 'web-page' || reason === 'cut'
  return new AppError(corrupt ? 'data/corrupt' : 'data/not-found', sentences[reason], { reason, url, status })
}

export function cancelledError(url: string): AppError {
  return new AppError('job/cancelled', `loading ${url} was cancelled`, { url })
}

/** The reason given to `httpError`, if the error is one of its kind. */
export function httpFailure(error: unknown): HttpFailure | undefined {
  return error instanceof AppError ? (error.context.reason as HttpFailure | undefined) : undefined
}

/** A name beside the manifest, for absolute and relative manifest addresses alike. */
export function besideUrl(manifestUrl: string, file: string): string {
  return manifestUrl.replace(/[?#].*$/s, '').replace(/[^/]*$/, '') + file
}

/** A response whose body is read under a watchdog. */
export interface OpenResponse {
  status: number
  headers: Headers
  /** Next piece of the body, or undefined at its end. Throws `cut` or `stalled`. */
  read(): Promise<Uint8Array | undefined>
  close(): void
}

const waitReally = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds)
  })

function watchReally(milliseconds: number, onStall: () => void) {
  let timer = setTimeout(onStall, milliseconds)
  return {
    touch() {
      clearTimeout(timer)
      timer = setTimeout(onStall, milliseconds)
    },
    stop: () => clearTimeout(timer),
  }
}

/** One request, no retry. Any status but 200, 206 and 416 throws, and so does a web page. */
export async function openOnce(
  url: string,
  init: { range?: [start: number, end: number]; cache?: RequestCache },
  options: HttpOptions,
): Promise<OpenResponse> {
  const { signal, stallMs = 60_000, watchdog = watchReally } = options
  if (signal?.aborted) throw cancelledError(url)
  const controller = new AbortController()
  let stalled = false
  const dog = watchdog(stallMs, () => {
    stalled = true
    controller.abort()
  })
  const cancel = () => controller.abort()
  signal?.addEventListener('abort', cancel, { once: true })
  const stop = () => {
    dog.stop()
    signal?.removeEventListener('abort', cancel)
  }
  const failure = () => {
    stop()
    if (signal?.aborted) return cancelledError(url)
    return stalled ? httpError('stalled', url, ` for ${stallMs / 1000} s`) : httpError('network', url)
  }

  let response: Response
  try {
    // Called as a plain function: a bound `fetch` of the page refuses another `this`.
    const request = options.fetch ?? fetch
    response = await request(url, {
      signal: controller.signal,
      cache: init.cache ?? 'default',
      credentials: 'same-origin',
      headers: init.range ? { Range: `bytes=${init.range[0]}-${init.range[1] - 1}` } : {},
    })
  } catch {
    throw failure()
  }
  dog.touch()
  let received = 0
  const reader = response.body?.getReader()
  const close = () => {
    stop()
    reader?.cancel().catch(() => undefined) // the body may already be broken; nothing is lost
  }
  const refusal = refusalOf(url, response)
  if (refusal) {
    close()
    throw refusal
  }
  return {
    status: response.status,
    headers: response.headers,
    close,
    async read() {
      try {
        const part = await reader?.read()
        if (signal?.aborted || stalled) throw failure()
        dog.touch()
        if (part && !part.done) {
          received += part.value.length
          return part.value
        }
        stop()
        return undefined
      } catch {
        // The server was reached: that the connection broke off is another thing.
        const error = failure()
        throw httpFailure(error) === 'network' ? httpError('cut', url, extent(received, response)) : error
      }
    },
  }
}

/** How far a transfer came; its length is known where the body is not packed. */
function extent(received: number, { headers }: Response): string {
  const total = headers.has('content-encoding') ? 0 : Number(headers.get('content-length') ?? 0)
  return ` after ${received}${total > 0 ? ` of ${total}` : ''} bytes`
}

function refusalOf(url: string, { status, headers }: Response): AppError | undefined {
  if (status === 200 || status === 206)
    return /^text\/html/i.test(headers.get('content-type') ?? '') ? httpError('web-page', url) : undefined
  if (status === 416) return undefined
  if (status === 404 || status === 410) return httpError('not-found', url, '', status)
  if (status === 401 || status === 403) return httpError('forbidden', url, '', status)
  const error =
    status === 429
      ? httpError('busy', url, '', status)
      : httpError(status >= 500 || status === 408 ? 'server' : 'refused', url, '', status)
  error.context.retryAfterMs = 1000 * Math.min(30, Number(headers.get('retry-after')) || 0)
  return error
}

async function unlessAborted(wait: Promise<void>, signal?: AbortSignal): Promise<void> {
  if (!signal) return wait
  let wake = () => {}
  const aborted = new Promise<void>((resolve) => {
    wake = resolve
  })
  signal.addEventListener('abort', wake, { once: true })
  if (!signal.aborted) await Promise.race([wait, aborted])
  signal.removeEventListener('abort', wake)
}

const passing: ReadonlySet<HttpFailure | undefined> = new Set(['busy', 'server', 'network', 'stalled', 'cut'])

/**
 * Runs a request and repeats it after failures that may pass: at most `attempts` times, waiting 0.5, 1, 2 s
 * or as long as the server asks (up to 30 s).
 */
export async function withRetries<T>(
  url: string,
  options: HttpOptions,
  request: (attempt: number, lastFailure?: HttpFailure) => Promise<T>,
): Promise<T> {
  const { attempts = 4, delay = waitReally, signal } = options
  let failure: HttpFailure | undefined
  for (let attempt = 1; ; attempt++) {
    try {
      return await request(attempt, failure)
    } catch (error) {
      failure = httpFailure(error)
      if (attempt >= attempts || !passing.has(failure)) throw error
      const asked = error instanceof AppError ? Number(error.context.retryAfterMs ?? 0) : 0
      await unlessAborted(delay(Math.max(asked, 500 * 2 ** (attempt - 1))), signal)
      if (signal?.aborted) throw cancelledError(url)
    }
  }
}

/** A whole file, at most `maxBytes` long. Retries as `withRetries`. */
export async function fetchWhole(
  url: string,
  maxBytes: number,
  options: HttpOptions,
  cache?: RequestCache,
): Promise<Uint8Array> {
  return withRetries(url, options, async () => {
    const response = await openOnce(url, { cache }, options)
    if (response.status === 416) {
      response.close()
      throw httpError('refused', url, '', 416)
    }
    const parts: Uint8Array[] = []
    let length = 0
    for (let part = await response.read(); part; part = await response.read()) {
      parts.push(part)
      length += part.length
      if (length > maxBytes) {
        response.close()
        throw new AppError(
          'data/corrupt',
          `${url} sends more than the ${maxBytes} bytes expected: reload the page, or make the dataset again`,
          { maxBytes },
        )
      }
    }
    const bytes = new Uint8Array(length)
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    return bytes
  })
}
