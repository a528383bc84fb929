import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}

/** The built site; `npm test` builds it before. */
export const dist = process.env.E2E_DIST ?? join(fileURLToPath(new URL('../..', import.meta.url)), 'dist')

/** What a host sends in place of a file, with status 200 and to be kept for a year; undefined: the file. */
export type WrongAnswer = (file: string) => { type: string; text: string } | undefined

/**
 * A plain host as GitHub Pages is one: files under a folder, byte ranges, no special headers.
 *
 * @param packed     text goes out by gzip, as hosts do
 * @param everyPath  what is no file is answered with the page, as hosts of single-page apps do
 */
export async function serveDist(
  subPath: string,
  port = 0,
  wrong: WrongAnswer = () => undefined,
  packed = false,
  everyPath = false,
): Promise<{ address: string; close: () => Promise<void>; port: number }> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname)
    const inside = path.startsWith(subPath) ? normalize(path.slice(subPath.length)) || 'index.html' : '..'
    const asked = join(dist, inside === '.' ? 'index.html' : inside)
    const isFile = !inside.startsWith('..') && existsSync(asked) && statSync(asked).isFile()
    const file = everyPath && path.startsWith(subPath) && !isFile ? join(dist, 'index.html') : asked
    const instead = wrong(inside)
    if (instead) {
      const headers = { 'content-type': instead.type, 'cache-control': 'max-age=31536000, immutable' }
      response.writeHead(200, headers).end(instead.text)
      return
    }
    if (!isFile && file === asked) {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>')
      return
    }
    const size = statSync(file).size
    const type = types[extname(file)] ?? 'application/octet-stream'
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    if (packed && !range && /html|javascript|css|json|svg/.test(type)) {
      response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' })
      response.end(gzipSync(readFileSync(file)))
      return
    }
    if (!range) {
      response.writeHead(200, { 'content-type': type, 'content-length': size, 'accept-ranges': 'bytes' })
      createReadStream(file).pipe(response)
      return
    }
    const start = Number(range[1])
    const end = Math.min(size - 1, range[2] ? Number(range[2]) : size - 1)
    response.writeHead(206, {
      'content-type': type,
      'content-length': end - start + 1,
      'content-range': `bytes ${start}-${end}/${size}`,
    })
    createReadStream(file, { start, end }).pipe(response)
  })
  await listen(server, port)
  const used = (server.address() as AddressInfo).port
  return {
    address: `http://127.0.0.1:${used}${subPath}`,
    port: used,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
}
