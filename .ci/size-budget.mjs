// The page must be interactive before plots and networks load: initial JavaScript stays within 95 kB gzip. All
// scripts together stay within 0.7 of what they were when each worker had a build of its own (1,776 kB), and 200 kB for
// the studies of events that came later, which are loaded when one of them is opened; and 37 kB for what explains a map
// (cards, search, tables, tour, About), which is loaded when it is asked for; and 120 kB for the formats of dropped files
// (Brotli's dictionary alone is 67, HDF5 20) and for plans and bundles of fits, of which a visit loads what it drops; and 10 kB
// for what plans cost and for their folders (8), loaded where one is made or dropped; and 7 kB for the A4 of CMS beside its
// spectrum, loaded with Interpret, Directions (6.5 as measured; its correlations are a file beside the scripts).
// And 7 kB: 4.6 by which what came before was over (1,623,613 B as built from 26e9f0c), 2.2 for answers that stand at once
// (the exact posterior, closed-form anomaly scores, packed numbers of recorded results); and 8 kB for HDF5 of the newest
// form, selections as npz and HEPData (4.4) and error members of densities, loaded with such a file or by its menu.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './steps.mjs'

const limits = { initialJsGzip: 95_000, allJsGzip: 1_652_000, staticData: 45_000_000, recorded: 400_000 }
const html = readFileSync(join(root, 'dist/index.html'), 'utf8')
const initial = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => match[1])
if (initial.length === 0) {
  console.error('size budget: dist/index.html loads no script; is the build complete?')
  process.exit(1)
}
const js = initial.reduce((sum, file) => sum + gzipSync(readFileSync(join(root, 'dist', file))).length, 0)

/** What a file loads with itself, by static imports. */
function withImports(file, seen = new Set()) {
  if (seen.has(file)) return seen
  seen.add(file)
  const text = readFileSync(join(root, 'dist', file), 'utf8')
  for (const [, name] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
    withImports(`assets/${name}`, seen)
  return seen
}

const scripts = readdirSync(join(root, 'dist/assets')).filter((name) => name.endsWith('.js'))
const gzipOf = (file) => gzipSync(readFileSync(join(root, 'dist', file))).length
// The first visit shows Explore: its chunks come behind the page's own script.
const first = new Set(initial)
for (const name of scripts) if (name.startsWith('explore-')) withImports(`assets/${name}`, first)
const firstJs = [...first].reduce((sum, file) => sum + gzipOf(file), 0)

/** Two large chunks with the same text are one thing built twice. */
function twins() {
  const large = scripts
    .map((name) => ({ name, text: readFileSync(join(root, 'dist/assets', name), 'utf8') }))
    .filter(({ text }) => text.length > 20_000)
  const shared = (one, other) => {
    const windows = Array.from({ length: 200 }, (_, i) => Math.floor((i * (one.length - 60)) / 200))
    return windows.filter((at) => other.includes(one.slice(at, at + 60))).length / windows.length
  }
  return large.flatMap((one, i) =>
    large
      .slice(i + 1)
      .filter((other) => Math.max(shared(one.text, other.text), shared(other.text, one.text)) >= 0.9)
      .map((other) => `${one.name} and ${other.name}`),
  )
}

function bytesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name)
    return sum + (entry.isDirectory() ? bytesUnder(path) : statSync(path).size)
  }, 0)
}
const same = twins()
const all = scripts.reduce((sum, name) => sum + gzipOf(`assets/${name}`), 0)
const data = bytesUnder(join(root, 'dist/data')) + bytesUnder(join(root, 'dist/samples'))

// What Train, Interpret and Compare show before a person makes their own; the recorded fit is beside it.
const recordedFiles = ['drell-yan-training', 'drell-yan-answers', 'events-training', 'multi-top-training']
const shipped = readdirSync(join(root, 'dist/assets'))
const recorded = recordedFiles.reduce((sum, name) => {
  const file = shipped.find((each) => each.startsWith(`${name}-`) && each.endsWith('.json'))
  if (!file) {
    console.error(`size budget: ${name}.json is not shipped; make it with the record commands`)
    process.exit(1)
  }
  return sum + statSync(join(root, 'dist/assets', file)).size
}, 0)

console.log(
  `initial JavaScript ${js} B gzip (limit ${limits.initialJsGzip}), with Explore ${firstJs} B, all scripts ${all} B (limit ${limits.allJsGzip}); static data ${data} B (limit ${limits.staticData}), recorded results ${recorded} B (limit ${limits.recorded})`,
)
for (const pair of same) console.error(`size budget: ${pair} share their text; build it once`)
const over =
  js > limits.initialJsGzip ||
  all > limits.allJsGzip ||
  data > limits.staticData ||
  recorded > limits.recorded
if (same.length > 0 || over) process.exit(1)
