import type { Plugin, Rolldown } from 'vite'

type Graph = Pick<Rolldown.ChunkingContext, 'getModuleInfo'>

/** Files that need a document: no worker may come to load one, or it ends before it begins. */
const ofThePage = /\/(frame|controls|explore|panels)-[\w-]+\.js$/

/** Beginnings of what a visit loads in one go. */
const roots = {
  page: ['src/main.tsx'],
  explore: ['src/studies/drell-yan/views/explore/ExploreView.tsx', 'src/studies/drell-yan/open.ts'],
  panels: [
    'src/studies/drell-yan/views/explore/SpectrumPanel.tsx',
    'src/studies/drell-yan/views/explore/Inspector.tsx',
    'src/studies/drell-yan/views/sliders/WilsonSliders.tsx',
  ],
  fit: ['src/studies/top-pair/views/FitView.tsx', 'src/studies/top-pair/open.ts'],
  worker: ['src/workers/compute.worker.ts', 'src/workers/ml.worker.ts'],
  opening: ['src/studies/drell-yan/opening-handlers.ts'],
  handlers: [
    'src/studies/drell-yan/compute-handlers.ts',
    'src/studies/drell-yan/ml-handlers.ts',
    'src/studies/top-pair/ml-handlers.ts',
    'src/studies/multi-top/ml-handlers.ts',
    'src/workers/bundle-handlers.ts',
  ],
}
type Root = keyof typeof roots
type Sets = Record<Root, ReadonlySet<string>>

/** Every module that comes with these by static imports. */
function withImports(ids: readonly string[], graph: Graph): ReadonlySet<string> {
  const all = new Set<string>()
  const add = (id: string): void => {
    if (all.has(id)) return
    all.add(id)
    graph.getModuleInfo(id)?.importedIds.forEach(add)
  }
  ids.forEach(add)
  return all
}

/**
 * Few files on the way to the first picture: requests wait for one another where a host takes six at a time, and small files
 * pack badly. Each set of modules that is needed by the same beginnings is one file, so that nobody waits for what others
 * need: the page's own script, its workers, the map, the opening of its data.
 */
export function firstChunks(folder: string) {
  let known: { graph: Graph; sets: Sets } | undefined
  function setsOf(graph: Graph): Sets {
    if (known?.graph === graph) return known.sets
    const of = (root: Root) =>
      withImports(
        roots[root].map((file) => `${folder}/${file}`),
        graph,
      )
    const sets = {
      page: of('page'),
      explore: of('explore'),
      panels: of('panels'),
      fit: of('fit'),
      worker: of('worker'),
      opening: of('opening'),
      handlers: of('handlers'),
    }
    known = { graph, sets }
    return sets
  }
  return (id: string, graph: Graph): string | null => {
    const { page, explore, panels, fit, worker, opening, handlers } = setsOf(graph)
    // A worker's script runs in the worker alone.
    if (roots.worker.some((file) => id.endsWith(file))) return null
    const inWorkers = worker.has(id) || opening.has(id) || handlers.has(id)
    if (page.has(id)) {
      if (inWorkers) return 'light'
      return explore.has(id) || panels.has(id) || fit.has(id) ? 'frame' : null
    }
    // The page does without what only answers jobs.
    if (worker.has(id)) return 'serving'
    if (opening.has(id) && id.includes('/node_modules/zod/')) return 'schemas'
    if (explore.has(id)) return inWorkers ? 'analysis' : fit.has(id) ? 'controls' : 'explore'
    if (panels.has(id)) return inWorkers ? 'numbers' : 'panels'
    return opening.has(id) ? 'opening' : null
  }
}

/** Fails the build where a worker would load a file of the page: a module that it needs is then in the wrong set. */
export const workersWithoutPage: Plugin = {
  name: 'workers-without-page',
  apply: 'build',
  generateBundle(_options, bundle) {
    const seen = new Set<string>()
    const visit = (file: string, from: string): void => {
      if (ofThePage.test(file)) this.error(`${from} runs in a worker and imports ${file}: see vite/chunks.ts`)
      const chunk = bundle[file]
      if (chunk?.type !== 'chunk' || seen.has(file)) return
      seen.add(file)
      for (const next of [...chunk.imports, ...chunk.dynamicImports]) visit(next, file)
    }
    for (const { type, fileName } of Object.values(bundle))
      if (type === 'chunk' && /\/(compute|ml)\.worker-/.test(fileName)) visit(fileName, fileName)
  },
}
