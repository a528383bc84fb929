// node start.mjs: serves the folder site beside it to this machine, with byte ranges, and prints the address. PORT names another port.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'

const site = join(import.meta.dirname, 'site')
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}

/** The file of a request, or undefined: nothing outside the site. */
function fileOf(url) {
  try {
    const path = normalize(decodeURIComponent(new URL(url, 'http://host').pathname))
    const file = join(site, path.endsWith(sep) ? join(path, 'index.html') : path)
    return file.startsWith(site + sep) && existsSync(file) && statSync(file).isFile() ? file : undefined
  } catch {
    return undefined
  }
}

const server = createServer((request, response) => {
  const file = fileOf(request.url ?? '/')
  if (!file || !['GET', 'HEAD'].includes(request.method)) {
    response
      .writeHead(file ? 405 : 404, { 'content-type': 'text/plain' })
      .end(file ? 'GET only' : 'not found')
    return
  }
  const { size } = statSync(file)
  const headers = {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
  }
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
  const start = range ? Number(range[1]) : 0
  const end = Math.min(size - 1, range?.[2] ? Number(range[2]) : size - 1)
  if (range && (start >= size || end < start)) {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${size}` }).end()
    return
  }
  const part = range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}
  response.writeHead(range ? 206 : 200, {
    ...headers,
    ...part,
    'content-length': size === 0 ? 0 : end - start + 1,
  })
  if (request.method === 'HEAD' || size === 0) response.end()
  else
    createReadStream(file, { start, end })
      .on('error', () => response.destroy())
      .pipe(response)
})

server.on('error', (error) => {
  console.error(
    `The page cannot be served: ${error.message}. PORT=4180 before the command names another port.`,
  )
  process.exitCode = 1
})
server.listen(Number(process.env.PORT ?? 4173), '127.0.0.1', () => {
  console.log(`Theoryscape is open at http://127.0.0.1:${server.address().port}/\nStop with Ctrl-C.`)
})
