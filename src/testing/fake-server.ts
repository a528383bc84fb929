/** What the fake server received. */
export interface FakeRequest {
  url: string
  range?: [start: number, end: number]
  cache?: RequestCache
}

export type Answer = (request: FakeRequest, count: number) => Response | Promise<Response>

export interface FakeServer {
  fetch: typeof fetch
  requests: FakeRequest[]
  /** Waits asked for between attempts [ms]; none is really waited for. */
  waits: number[]
  delay: (milliseconds: number) => Promise<void>
}

/** A `fetch` that answers from memory and keeps count. */
export function fakeServer(answer: Answer): FakeServer {
  const requests: FakeRequest[] = []
  const waits: number[] = []
  return {
    requests,
    waits,
    delay: async (milliseconds) => {
      waits.push(milliseconds)
    },
    fetch: async (input, init) => {
      const match = /^bytes=(\d+)-(\d+)$/.exec(new Headers(init?.headers).get('range') ?? '')
      const request: FakeRequest = {
        url: String(input),
        cache: init?.cache,
        ...(match && { range: [Number(match[1]), Number(match[2]) + 1] }),
      }
      requests.push(request)
      if (init?.signal?.aborted) throw new DOMException('aborted', 'AbortError')
      return answer(request, requests.length)
    },
  }
}

/** The asked part as a good server sends it: 206 with Content-Range. */
export function partOf(bytes: Uint8Array, { range }: FakeRequest): Response {
  if (!range) return wholeOf(bytes)
  if (range[0] >= bytes.length) return new Response(null, { status: 416 })
  const end = Math.min(range[1], bytes.length)
  return new Response(bytes.slice(range[0], end), {
    status: 206,
    headers: { 'Content-Range': `bytes ${range[0]}-${end - 1}/${bytes.length}` },
  })
}

/** The whole file in small pieces, as a server without ranges sends it. */
export function wholeOf(bytes: Uint8Array, pieces = 7): Response {
  const size = Math.ceil(bytes.length / pieces)
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += size)))
      else controller.close()
    },
  })
  return new Response(body, { status: 200 })
}

/** A body that breaks off after some bytes. */
export function brokenAfter(bytes: Uint8Array, status: number): Response {
  let sent = false
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) controller.error(new TypeError('terminated'))
      else controller.enqueue(bytes.slice())
      sent = true
    },
  })
  return new Response(body, { status })
}
