import { expect, it } from 'vitest'

// Which rooms each room may import, kept in step with docs/architecture.md. `errors.ts` is open to all, a room may
// always import itself, "room:type" allows type-only imports, and "own" is any part of the same study.
const library = ['physics', 'generator', 'statistics', 'ml', 'dataset', 'kernels', 'numerics', 'jobs:type']
const light = ['physics', 'numerics', ...library.map((room) => `${room.replace(':type', '')}:type`)]

const allowed: Record<string, string[]> = {
  numerics: [],
  kernels: ['numerics'],
  physics: ['numerics', 'kernels'],
  // Files of events are tables and lines, and particles of the hard process.
  generator: ['physics', 'numerics', 'kernels', 'dataset'],
  statistics: ['numerics', 'kernels'],
  ml: ['numerics', 'kernels'],
  dataset: ['numerics'],
  jobs: [],
  share: ['numerics'],
  core: ['jobs', 'share', 'numerics', 'ml:type'],
  ui: ['core', 'share', 'numerics', 'ml:type'],
  'study/analysis': [...library, 'own/root:type'],
  // A network is run in the page's own thread where a slider must answer within a frame; trainings never are.
  'study/state': ['own/analysis', 'own/root', 'core', 'share', 'ml', ...light],
  'study/views': ['own/state', 'own/analysis', 'own/root', 'ui', 'core', 'share', 'ml', ...light],
  'study/cli': ['own/analysis', 'own/root', 'cli', ...library],
  // The descriptor, the types, the handlers that workers find, and what opens the study.
  'study/root': ['own', 'core', 'share', 'ml', ...light],
  studies: ['study/root', 'core'],
  // Texts and questions over studies, which they know by name alone.
  lessons: ['core', 'ui', 'physics', 'numerics'],
  app: ['studies', 'core', 'ui', 'share', 'lessons', 'workers:type'],
  workers: ['jobs', 'share', 'study/root'],
  cli: [...library, 'studies', 'jobs'],
  // Measures every room, and beside them the libraries that a room hides; nobody knows it.
  bench: ['*'],
  testing: ['*'],
}

const sources = import.meta.glob<string>('./**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })

const importPattern =
  /^(import|export)\s+(type\s)?[^'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|^import\s+['"]([^'"]+)['"]/gm

interface Import {
  from: string
  to: string
  typeOnly: boolean
  dynamic: boolean
  outside: boolean
}

// Studies that only tests know keep the rules of the shipped ones.
const testStudies = './testing/studies/'
const isTest = (file: string) =>
  /\.test\.tsx?$/.test(file) || (file.startsWith('./testing/') && !file.startsWith(testStudies))

function resolveFrom(file: string, specifier: string): string {
  const parts = file.split('/').slice(0, -1)
  for (const step of specifier.replace(/\?.*$/, '').split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '.') parts.push(step)
  }
  return parts.join('/').replace(/^\.?\/?/, './')
}

const imports: Import[] = Object.entries(sources)
  .filter(([file]) => !file.includes('/kernels/assembly/') && !file.endsWith('.d.ts'))
  .flatMap(([from, text]) =>
    [...text.matchAll(importPattern)].map((match): Import => {
      const specifier = match[3] ?? match[4] ?? match[5]
      const outside = !specifier.startsWith('.')
      const to = outside ? specifier : resolveFrom(from, specifier)
      return { from, to, typeOnly: Boolean(match[2]), dynamic: match[4] !== undefined, outside }
    }),
  )

/** The room of a file, and whose study it is. */
function roomOf(path: string): { room: string; study: string } {
  path = path.replace(testStudies, './studies/')
  const [first, second, third] = path.replace(/^\.\//, '').split('/')
  if (second === undefined) return { room: '', study: '' }
  if (first !== 'studies') return { room: first, study: '' }
  if (third === undefined) return { room: 'studies', study: '' }
  const part = path.split('/').length > 4 ? third : 'root'
  return { room: `study/${part}`, study: second }
}

function complaintAbout({ from, to, typeOnly, outside }: Import): string | undefined {
  const { room, study } = roomOf(from)
  if (!room || isTest(from)) return undefined
  const may = allowed[room] ?? []
  if (may.includes('*')) return undefined
  if (outside) {
    if (/^@tensorflow\//.test(to) && room !== 'ml') return `${from} imports ${to}: only ml may`
    if (/^plotly/.test(to) && from !== './ui/plots/plotly.ts')
      return `${from} imports ${to}: only ui/plots/plotly.ts may`
    if (/^jsroot/.test(to) && !from.startsWith('./dataset/root/'))
      return `${from} imports ${to}: only dataset/root may`
    if (/^fzstd/.test(to) && !from.startsWith('./dataset/')) return `${from} imports ${to}: only dataset may`
    const page = ['core', 'ui', 'app', 'lessons', 'study/state', 'study/views', 'study/root']
    if (/^(react|react-dom|zustand)(\/|$)/.test(to) && !page.includes(room))
      return `${from} imports ${to}: nothing below core knows the page`
    return undefined
  }
  const target = roomOf(to)
  if (!target.room || (target.room === room && target.study === study)) return undefined
  const names = [target.room]
  if (target.study && target.study === study) names.push('own', target.room.replace('study/', 'own/'))
  const open = names.some((name) => may.includes(name) || (typeOnly && may.includes(`${name}:type`)))
  return open ? undefined : `${from} imports ${to}: ${room} may import ${may.join(', ') || 'nothing'}`
}

it('rooms import one way only, and no study another', () => {
  expect(imports.length).toBeGreaterThan(1000)
  expect(imports.map(complaintAbout).filter((complaint) => complaint !== undefined)).toEqual([])
})

it('a study is named by one line of a list; all else that knows it measures or tests', () => {
  const known = imports.filter(({ from, to, outside }) => {
    const { study } = roomOf(to)
    return (
      !outside &&
      study !== '' &&
      roomOf(from).study !== study &&
      !isTest(from) &&
      roomOf(from).room !== 'bench'
    )
  })
  const lists = ['./studies/studies.ts', `${testStudies}studies.ts`]
  expect(known.filter(({ from }) => !lists.includes(from))).toEqual([])
  // Each that has a descriptor once: the shipped ones and those that only tests know.
  const studies = Object.keys(sources)
    .filter((file) => file.endsWith('/study.ts') && roomOf(file).study !== '')
    .map((file) => roomOf(file).study)
  expect(studies.length).toBeGreaterThan(2)
  expect(known.map(({ to }) => roomOf(to).study).sort()).toEqual(studies.sort())
})

/** Groups of files that reach each other, by Tarjan's algorithm (SIAM J. Comput. 1 (1972) 146). */
function circles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []
  function visit(file: string): void {
    order.set(file, order.size)
    low.set(file, order.get(file) ?? 0)
    stack.push(file)
    for (const next of edges.get(file) ?? []) {
      if (!order.has(next)) {
        visit(next)
        low.set(file, Math.min(low.get(file) ?? 0, low.get(next) ?? 0))
      } else if (stack.includes(next)) low.set(file, Math.min(low.get(file) ?? 0, order.get(next) ?? 0))
    }
    if (low.get(file) !== order.get(file)) return
    const group = stack.splice(stack.indexOf(file))
    if (group.length > 1) found.push(group.sort())
  }
  for (const file of edges.keys()) if (!order.has(file)) visit(file)
  return found
}

it('no file reaches itself by static imports, types included', () => {
  const edges = new Map<string, string[]>()
  for (const { from, to, dynamic, outside } of imports)
    if (!dynamic && !outside) edges.set(from, [...(edges.get(from) ?? []), to])
  expect(circles(edges)).toEqual([])
})

it('finds a circle where there is one', () => {
  const edges = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['a', 'd']],
    ['d', []],
  ])
  expect(circles(edges)).toEqual([['a', 'b', 'c']])
})

it('no sentence of the page tells a visitor to run a command', () => {
  const told = Object.entries(sources)
    .filter(
      ([file, text]) =>
        !/\/(cli|bench|kernels)\/|\.test\.tsx?$/.test(file) && /npm (run|start|test)/.test(text),
    )
    .map(([file]) => file)
  expect(told).toEqual([])
})
