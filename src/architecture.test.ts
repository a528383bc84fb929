import { expect, it } from 'vitest'

// Which rooms each room may import. `errors.ts` is open to all; a room may always import itself.
// "room:type" allows type-only imports. Kept in step with docs/architecture.md.
const allowed: Record<string, string[]> = {
  numerics: [],
  kernels: ['numerics'],
  physics: ['numerics'],
  generator: ['physics', 'numerics'],
  statistics: ['numerics', 'kernels'],
  ml: ['numerics', 'kernels'],
  dataset: ['numerics'],
  analysis: ['generator', 'physics', 'statistics', 'ml', 'dataset', 'kernels', 'numerics', 'jobs:type'],
  jobs: [],
  workers: ['jobs', 'analysis', 'ml'],
  share: ['physics', 'numerics'],
  state: ['share', 'jobs', 'analysis', 'physics', 'numerics', 'ml', 'dataset:type', 'statistics:type'],
  views: ['state', 'share', 'physics', 'numerics', 'analysis', 'ml'],
  app: ['views', 'state', 'share', 'jobs', 'physics', 'workers:type'],
  cli: [
    'analysis',
    'dataset',
    'physics',
    'ml',
    'statistics',
    'generator',
    'kernels',
    'numerics',
    'jobs',
    'bench',
    'share',
  ],
  // Measures every room, and beside them the libraries that a room hides; only cli knows it.
  bench: ['analysis', 'generator', 'kernels', 'ml', 'numerics', 'physics', 'share', 'views', 'e2e'],
  testing: [
    'numerics',
    'physics',
    'generator',
    'statistics',
    'jobs',
    'analysis',
    'dataset',
    'ml',
    'state',
    'share',
  ],
}

const sources = import.meta.glob<string>('./**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })

const importPattern =
  /^(import|export)\s+(type\s)?[^'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm

function roomOf(path: string): string {
  const parts = path.replace(/^\.\//, '').split('/')
  return parts.length > 1 ? parts[0] : ''
}

function resolveFrom(file: string, specifier: string): string {
  const parts = file.split('/').slice(0, -1)
  for (const step of specifier.replace(/\?.*$/, '').split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '.') parts.push(step)
  }
  return parts.join('/')
}

const complaints: string[] = []
for (const [file, text] of Object.entries(sources)) {
  const room = roomOf(file)
  if (!room || file.includes('/kernels/assembly/')) continue
  const isTest = /\.(test|bench)\.tsx?$/.test(file)
  for (const match of text.matchAll(importPattern)) {
    const specifier = match[3] ?? match[4]
    const typeOnly = Boolean(match[2])
    if (specifier.startsWith('.')) {
      const target = roomOf(resolveFrom(file, specifier).replace(/^\.?\/?/, './'))
      if (!target || target === room || (isTest && target === 'testing')) continue
      const may = allowed[room] ?? []
      if (may.includes(target) || (typeOnly && may.includes(`${target}:type`))) continue
      complaints.push(`${file} imports ${specifier}: ${room} may import ${may.join(', ') || 'nothing'}`)
    } else if (room !== 'bench') {
      if (/^@tensorflow\//.test(specifier) && !['ml', 'workers'].includes(room))
        complaints.push(`${file} imports ${specifier}: only ml and workers may`)
      if (/^plotly/.test(specifier) && file !== './views/common/plotly.ts')
        complaints.push(`${file} imports ${specifier}: only views/common/plotly.ts may`)
      if (
        /^(react|react-dom|zustand)(\/|$)/.test(specifier) &&
        !['views', 'app', 'state', 'testing'].includes(room)
      )
        complaints.push(`${file} imports ${specifier}: nothing below state knows the page`)
    }
  }
}

it('rooms import one way only', () => {
  expect(Object.keys(sources).length).toBeGreaterThan(5)
  expect(complaints).toEqual([])
})
