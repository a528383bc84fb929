/** The part of the Cache interface that is used. */
export interface KeptFiles {
  match(url: string): Promise<Response | undefined>
  put(url: string, response: Response): Promise<void>
}

/** What the page asks of its service worker: whole copies of a dataset's files, which it has read in parts. */
export interface KeepRequest {
  kind: 'keep'
  /** Address of the folder. */
  folder: string
}

/** What may be kept: SHA-256 of each file of this build by its address, written as in `integrity` ("sha256-" and base64). */
export type KnownFiles = ReadonlyMap<string, string>

/** Files of one build, and where they come from. */
export interface OfflineCopy {
  kept: KeptFiles
  known: KnownFiles
  /** The browser's fetch, which also compares hashes. */
  network(input: Request | string, init?: RequestInit): Promise<Response>
}

/** Files named by their content never change: kept ones are as good as new ones. */
const namedByContent = /\/assets\/[^/]+-[\w-]{8}\.\w+$/

/**
 * Hosts of single pages answer any unknown address with their page and status 200, networks with a sign-in page: neither
 * is a script or data.
 */
function isOfType(url: string, { headers }: Response): boolean {
  const { pathname } = new URL(url)
  const type = headers.get('content-type') ?? ''
  if (/(\/|\.html)$/.test(pathname)) return /^text\/html\b/i.test(type)
  if (pathname.endsWith('.js')) return /^\w+\/(x-)?(java|ecma)script\b/i.test(type)
  return !/^text\/html\b/i.test(type)
}

/**
 * Answers a request of the page: from the network where it can be reached, else from what is kept. Only files named by
 * their content are taken from what is kept first. A web page in place of another file counts as no answer where the file
 * is kept.
 *
 * @param later  takes the promise of what is still fetched and written after the answer
 * @throws TypeError as fetch does, when neither knows the file
 */
export async function answer(
  request: Request,
  copy: OfflineCopy,
  later: (writing: Promise<unknown>) => void,
): Promise<Response> {
  const key = keyOf(request)
  const fromKept = async (): Promise<Response | undefined> => {
    const found = await copy.kept.match(key)
    const range = request.headers.get('range')
    return found && range ? part(found, range) : found
  }
  if (namedByContent.test(key)) {
    const found = await fromKept()
    if (found) return found
  }
  let response: Response
  try {
    response = await copy.network(request)
  } catch (error) {
    const found = await fromKept()
    if (!found) throw error
    return found
  }
  if (response.status === 200 && !isOfType(key, response)) {
    const found = await fromKept()
    if (found) return found
  }
  // Parts are not kept: the page asks for whole copies of those files when it has time (keepWhole).
  if (response.status === 200) later(keepWhole([key], copy))
  return response
}

/**
 * Fetches the files that are not kept yet, one after the other: a background download must not fill the line. Kept is only
 * what has the hash of this build; what was wrong, or failed, is tried again by the next call.
 */
export async function keepWhole(urls: readonly string[], copy: OfflineCopy): Promise<void> {
  for (const url of urls) {
    const integrity = copy.known.get(url)
    if (integrity === undefined || (await copy.kept.match(url))) continue
    const response =
      (await fetchWhole(url, { integrity }, copy)) ??
      // The browser's own cache may hold the wrong answer, for a year if the host said so.
      (await fetchWhole(url, { integrity, cache: 'reload' }, copy))
    // A full disk costs the offline copy, not the visit.
    if (response) await copy.kept.put(url, response).catch(() => undefined)
  }
}

async function fetchWhole(
  url: string,
  init: RequestInit,
  { network }: OfflineCopy,
): Promise<Response | undefined> {
  try {
    const response = await network(url, init)
    if (response.status !== 200 || !isOfType(url, response)) return undefined
    // Made anew: a browser refuses to open a page from an answer that was redirected.
    const headers = { 'content-type': response.headers.get('content-type') ?? 'application/octet-stream' }
    return new Response(await response.arrayBuffer(), { headers })
  } catch {
    return undefined
  }
}

/** All addresses of the page are one file; the analysis is in the hash. */
function keyOf(request: Request): string {
  const url = new URL(request.url)
  url.hash = ''
  if (request.mode === 'navigate') {
    url.search = ''
    url.pathname = url.pathname.replace(/[^/]*$/, '')
  }
  return url.href
}

/** Bytes of a kept file as a server that knows ranges would send them (RFC 9110, section 14). */
async function part(whole: Response, range: string): Promise<Response> {
  const bytes = new Uint8Array(await whole.arrayBuffer())
  const match = /^bytes=(\d+)-(\d*)$/.exec(range)
  const first = Number(match?.[1])
  const last = Math.min(match?.[2] ? Number(match[2]) : Infinity, bytes.length - 1)
  if (!match || first > last)
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${bytes.length}` } })
  return new Response(bytes.subarray(first, last + 1), {
    status: 206,
    headers: {
      'content-type': whole.headers.get('content-type') ?? 'application/octet-stream',
      'content-range': `bytes ${first}-${last}/${bytes.length}`,
      'content-length': String(last + 1 - first),
    },
  })
}
