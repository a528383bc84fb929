// The page must be interactive before plots and networks load: initial JavaScript stays within 120 kB gzip.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './steps.mjs'

const limits = { initialJsGzip: 120_000, staticData: 15_000_000 }
const html = readFileSync(join(root, 'dist/index.html'), 'utf8')
const initial = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => match[1])
if (initial.length === 0) {
  console.error('size budget: dist/index.html loads no script; is the build complete?')
  process.exit(1)
}
const js = initial.reduce((sum, file) => sum + gzipSync(readFileSync(join(root, 'dist', file))).length, 0)

function bytesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name)
    return sum + (entry.isDirectory() ? bytesUnder(path) : statSync(path).size)
  }, 0)
}
const data = bytesUnder(join(root, 'dist/data'))

console.log(
  `initial JavaScript ${js} B gzip (limit ${limits.initialJsGzip}); static data ${data} B (limit ${limits.staticData})`,
)
if (js > limits.initialJsGzip || data > limits.staticData) process.exit(1)
