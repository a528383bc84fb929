// npm run release: one zip with the site, a server of a few lines and the command line. Node alone starts it; site/ lies on any static host.

import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { build } from 'vite'
import { product } from '../src/product.ts'
import { writeZip } from '../src/share/bundle/write-zip.ts'
import { buildCli, cliFolder } from './build-cli.ts'

const root = resolve(import.meta.dirname, '..')
export const releaseName = product.replace(' ', '-')

const readme = `${product}

node start.mjs                            the page at http://127.0.0.1:4173/ (PORT=4180 before it: another port)
node ${cliFolder}/theoryscape.mjs help       the command line
python/theoryscape.py                     links, cards, chains and plans from Python

The folder site lies on any static host, under any path. Node 20.12 or newer, nothing else.
`

/**
 * Everything of a release in a folder, and the zip beside it.
 *
 * @param site  a built one to take; without it the site is built
 * @returns the path of the zip
 */
export async function makeRelease(out = join(root, 'build'), site?: string): Promise<string> {
  const folder = join(out, releaseName)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const outDir = join(folder, 'site')
  if (site) cpSync(site, outDir, { recursive: true })
  else await build({ root, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  await buildCli(join(folder, cliFolder))
  cpSync(join(root, 'vite/release-server.mjs'), join(folder, 'start.mjs'))
  for (const name of [
    'models',
    'python',
    'CITATION.cff',
    'docs/LICENSE.md',
    'docs/NOTICE.md',
    'docs/SECURITY.md',
  ])
    if (existsSync(join(root, name)))
      cpSync(join(root, name), join(folder, name), {
        recursive: true,
        filter: (path) => !path.includes('__pycache__'),
      })
  writeFileSync(join(folder, 'README.txt'), readme)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort()
  const zip = await writeZip(
    files.map((path) => ({
      path: `${releaseName}/${relative(folder, path).split(sep).join('/')}`,
      bytes: new Uint8Array(readFileSync(path)),
    })),
  )
  const path = join(out, `${releaseName}.zip`)
  writeFileSync(path, zip)
  return path
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${await makeRelease(process.argv[2])}\n`)
