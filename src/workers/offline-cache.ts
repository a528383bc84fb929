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

/** Files named by their content never change: kept ones are as good as new ones. */
const namedByContent = /\/assets\/[^/]+-[\w-]{8}\.\w+$/

/**
 * Answers a request of the page: from the network where it can be reached, else from what is kept. Only files named by
 * their content are taken from what is kept first.
 *
 * @param later  takes the promise of what is still written after the answer
 * @throws TypeError as fetch does, when neither knows the file
 */
export async function answer(
  request: Request,
  kept: KeptFiles,
  network: (request: Request) => Promise<Response>,
  later: (writing: Promise<unknown>) => void,
): Promise<Response> {
  const key = keyOf(request)
  if (namedByContent.test(key)) {
    const found = await kept.match(key)
    if (found) return found
  }
  try {
    const response = await network(request)
    // Parts are not kept: the page asks for whole copies of those files when it has time (keepWhole).
    if (response.status === 200) later(write(kept, key, response.clone()))
    return response
  } catch (error) {
    const found = await kept.match(key)
    if (!found) throw error
    const range = request.headers.get('range')
    return range ? part(found, range) : found
  }
}

/** Fetches the files that are not kept yet, one after the other: a background download must not fill the line. */
export async function keepWhole(
  urls: readonly string[],
  kept: KeptFiles,
  network: (url: string) => Promise<Response>,
): Promise<void> {
  for (const url of urls) {
    if (await kept.match(url)) continue
    const response = await network(url).catch(() => undefined)
    if (response?.status === 200) await write(kept, url, response)
  }
}

/** A full disk costs the offline copy, not the visit. */
async function write(kept: KeptFiles, key: string, response: Response): Promise<void> {
  await kept.put(key, response).catch(() => undefined)
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
