import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRelease, releaseName } from '../vite/release.ts'
import { sha256Hex } from './numerics/sha256.ts'
import { listZip, readZipEntry } from './share/bundle/read-zip.ts'

// Far from any node_modules: what starts here starts with Node alone.
const folder = mkdtempSync(join(tmpdir(), 'release-'))
const at = (...names: string[]): string => join(folder, 'unpacked', releaseName, ...names)
let server: ReturnType<typeof spawn> | undefined
let address = ''

beforeAll(async () => {
  // The one that was built last, where there is one: that a site can be built is told elsewhere.
  const zip = await makeRelease(folder, existsSync('dist/index.html') ? 'dist' : undefined)
  const archive = new Uint8Array(readFileSync(zip))
  for (const entry of listZip(archive)) {
    const path = join(folder, 'unpacked', entry.path)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, await readZipEntry(archive, entry))
  }
  server = spawn(process.execPath, [at('start.mjs')], { cwd: folder, env: { PORT: '0' } })
  address = await new Promise((done) =>
    server!.stdout!.on('data', (text: Buffer) => done(/http:\S+/.exec(text.toString())![0])),
  )
}, 120_000)
afterAll(() => {
  server?.kill()
  rmSync(folder, { recursive: true })
})

const fetched = async (path: string) => {
  const response = await fetch(new URL(path, address))
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

describe('a release, unpacked', () => {
  it('serves the page, what it starts with, its workers and its data', async () => {
    const page = await fetched('/')
    expect(page).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' })
    const [, script] = /src="\.\/(assets\/index-[^"]+\.js)"/.exec(page.text)!
    const [, worker] = /(assets\/compute\.worker-[\w-]+\.js)/.exec(page.text)!
    for (const path of [script, worker]) {
      expect(await fetched(path)).toMatchObject({ status: 200, type: 'text/javascript' })
    }
    const manifest = await fetched('data/dy-nc-13tev/manifest.json')
    expect(JSON.parse(manifest.text)).toMatchObject({ id: 'dy-nc-13tev' })
  })

  it('has the files of models, whole', async () => {
    const card = JSON.parse(readFileSync(at('models', 'ratios', 'tt-1450-1', 'card.json'), 'utf8')) as {
      weightsSha256: string
    }
    const weights = new Uint8Array(readFileSync(at('models', 'ratios', 'tt-1450-1', 'weights.bin')))
    expect(await sha256Hex(weights)).toBe(card.weightsSha256)
  })

  it('does what its README says: its commands', () => {
    const readme = readFileSync(at('README.txt'), 'utf8')
    const [script] = /build\/\S+\.mjs/.exec(readme)!
    const command = (...words: string[]) =>
      spawnSync(process.execPath, [at(script), ...words], { cwd: folder, encoding: 'utf8', env: {} })
    expect(command('help').stdout).toMatch(/^Usage: theoryscape COMMAND/)
    const density = command('pdf', '--set', 'default', '--x', '0.1', '--q', '91')
    expect(density).toMatchObject({ status: 0, stderr: '' })
    expect(density.stdout).toBe(
      spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'pdf', '--x', '0.1', '--q', '91'], {
        encoding: 'utf8',
      }).stdout,
    )
  })
})
