import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const rooms = ['.ci', 'docs', 'e2e', 'models', 'public', 'python', 'src', 'vite']

const files = [
  ...readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name),
  ...rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/')),
  ),
]

/** Every file and folder by each end of its path: a text names a file from the room that it is about. */
const ends = new Set<string>()
for (const file of files) {
  const steps = file.split('/')
  for (let to = steps.length; to > 0; to--)
    for (let from = 0; from < to; from++) ends.add(steps.slice(from, to).join('/'))
}

/** `<name>` stands for any folder or file, as in "studies/<name>/jobs.ts". */
function exists(path: string): boolean {
  const bare = path.replace(/\/$/, '')
  if (!/[<*]/.test(bare)) return ends.has(bare)
  const escaped = bare.replaceAll('.', '\\.').replaceAll('*', '[^/]*')
  const pattern = new RegExp(`^${escaped.replaceAll(/<\w+>/g, '[^/]+')}$`)
  return [...ends].some((end) => pattern.test(end))
}

const word = /(?<![\w@:/.$~<>*-])(?:\.\.?\/)*(\.?[\w<][\w./<>*-]*)/g
const sourceFile = /\.(?:tsx?|mjs|css|html|md)$/
const ofRoom = /^(?:\.ci|docs|e2e|models|public|src|vite)\//

function pathsIn(text: string): string[] {
  return [...text.matchAll(word)].map(([, found]) => found.replace(/\.$/, ''))
}

/** Paths of this repository in the back-ticked parts of a page. */
function namedInPage(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)]
    .flatMap(([, code]) => pathsIn(code))
    .filter((path) => sourceFile.test(path) || ofRoom.test(path) || path.endsWith('/'))
}

/** Source files in the comments of a source. */
function namedInComments(text: string): string[] {
  return text
    .split('\n')
    .map((line) => /^\s*(?:\/\/|\/?\*)(.*)/.exec(line)?.[1] ?? '')
    .flatMap((comment) => pathsIn(comment))
    .filter((path) => /\w\.(?:tsx?|mjs|css)$/.test(path))
}

function missingIn(pattern: RegExp, named: (text: string) => string[]): string[] {
  return files
    .filter((file) => pattern.test(file))
    .flatMap((file) =>
      named(readFileSync(join(root, file), 'utf8'))
        .filter((path) => !exists(path))
        .map((path) => `${file} names ${path}`),
    )
}

describe('a path that is named', () => {
  it('in docs and README exists', () => {
    expect(missingIn(/^(?:docs\/.*|README)\.md$/, namedInPage)).toEqual([])
  })

  it('in comments exists', () => {
    expect(missingIn(/\.(?:tsx?|mjs|css)$/, namedInComments)).toEqual([])
  })

  it('is found out where it does not exist, with what stands for any name', () => {
    expect(
      namedInPage('see `src/nowhere.ts`, `architecture.test.ts` and `views/`, not `a/b` or npm'),
    ).toEqual(['src/nowhere.ts', 'architecture.test.ts', 'views/'])
    expect(['src/nowhere.ts', 'architecture.test.ts', 'views/'].map(exists)).toEqual([false, true, true])
    expect(exists('studies/<name>/study.ts')).toBe(true)
    expect(exists('studies/<name>/nothing.ts')).toBe(false)
    expect(namedInComments(' * as in nowhere/fit.ts, see [12]\nconst a = "b.ts"')).toEqual(['nowhere/fit.ts'])
  })
})
