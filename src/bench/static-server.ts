import { readFileSync, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}
const compressed = new Set(['.html', '.js', '.css', '.json', '.svg', '.wasm'])

export interface StaticServer {
  address: string
  /** Bytes of all bodies whose answer began before this time [ms since 1970]. */
  sentBefore(time: number): number
  close(): void
}

/** A static host like GitHub Pages: text in gzip, byte ranges, nothing else. Files are read once. */
export async function serveFolder(folder: string): Promise<StaticServer> {
  const plain = new Map<string, Buffer>()
  const packed = new Map<string, Buffer>()
  const answers: { at: number; bytes: number }[] = []
  const note = (bytes: number): void => void answers.push({ at: Date.now(), bytes })
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname))
    const file = join(folder, path === '/' ? 'index.html' : path)
    if (path.includes('..') || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found')
      return
    }
    const bytes = plain.get(file) ?? readFileSync(file)
    plain.set(file, bytes)
    const extension = extname(file)
    const headers = {
      'content-type': types[extension] ?? 'application/octet-stream',
      'accept-ranges': 'bytes',
    }
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    if (range) {
      const start = Number(range[1])
      const end = Math.min(bytes.length - 1, range[2] ? Number(range[2]) : bytes.length - 1)
      const part = bytes.subarray(start, end + 1)
      const content = {
        'content-length': part.length,
        'content-range': `bytes ${start}-${end}/${bytes.length}`,
      }
      note(part.length)
      response.writeHead(206, { ...headers, ...content }).end(part)
      return
    }
    if (!compressed.has(extension)) {
      note(bytes.length)
      response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes)
      return
    }
    const small = packed.get(file) ?? gzipSync(bytes)
    packed.set(file, small)
    const content = { 'content-encoding': 'gzip', 'content-length': small.length }
    note(small.length)
    response.writeHead(200, { ...headers, ...content }).end(small)
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', done)
  })
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/`,
    sentBefore: (time) => answers.reduce((sum, { at, bytes }) => sum + (at < time ? bytes : 0), 0),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
