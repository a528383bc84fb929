import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'release-'))
cpSync('vite/release-server.mjs', join(folder, 'start.mjs'))
mkdirSync(join(folder, 'site', 'data'), { recursive: true })
writeFileSync(join(folder, 'site', 'index.html'), '<p>here</p>')
writeFileSync(join(folder, 'site', 'data', 'a.npy'), '0123456789')
writeFileSync(join(folder, 'secret'), 'x')
const server = spawn(process.execPath, [join(folder, 'start.mjs')], { env: { ...process.env, PORT: '0' } })
let port = 0
beforeAll(
  () =>
    new Promise<void>((done, fail) => {
      server.on('error', fail)
      server.stdout.on('data', (text: Buffer) => {
        port = Number(/:(\d+)\//.exec(text.toString())?.[1])
        done()
      })
    }),
)
afterAll(() => {
  server.kill()
  rmSync(folder, { recursive: true })
})

/** As a client that normalises nothing. */
function get(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status?: number; type?: string; range?: string; text: string }>((done, fail) => {
    const asked = request({ port, host: '127.0.0.1', path, headers }, (response) => {
      let text = ''
      response.on('data', (part: Buffer) => (text += part.toString()))
      const { 'content-type': type, 'content-range': range } = response.headers
      response.on('end', () => done({ status: response.statusCode, type, range, text }))
    })
    asked.on('error', fail).end()
  })
}

it('serves the site with byte ranges, and nothing beside it', async () => {
  expect(await get('/')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8', text: '<p>here</p>' })
  expect(await get('/data/a.npy', { range: 'bytes=2-4' })).toMatchObject({
    ...{ status: 206, range: 'bytes 2-4/10', text: '234' },
  })
  expect(await get('/data/a.npy', { range: 'bytes=8-' })).toMatchObject({ status: 206, text: '89' })
  expect(await get('/data/a.npy', { range: 'bytes=10-' })).toMatchObject({ status: 416, range: 'bytes */10' })
  for (const path of ['/../secret', '/..%2fsecret', '/data/..%2f..%2fsecret', '/data', '/no', '/%zz', '/%00'])
    expect((await get(path)).status, path).toBe(404)
})
