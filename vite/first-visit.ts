import type { Plugin } from 'vite'

const study = 'drell-yan'
const folder = `src/studies/${study}`
/** Shown by a page whose address says nothing else: its view, what opens its study, and then the panels beside the map. */
const shown = ['views/explore/ExploreView.tsx', 'open.ts', 'views/explore/SpectrumPanel.tsx'].map(
  (file) => `${folder}/${file}`,
)

/** Dots that stand there until the map does. */
const firstPicture = `${folder}/views/explore/first-picture.json`

/**
 * Tells index.html which files a first visit needs behind the page's own script, so that it asks for them at once: the
 * worker that opens the data, scripts and styles of the view, its first picture. Knows no more than the build does: names of its files.
 */
export const firstVisit: Plugin = {
  name: 'first-visit',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      // The development server has no files to name.
      const first = bundle ? filesOf(bundle, html) : null
      const filled = html.replace('__FIRST_VISIT__', () => JSON.stringify(first))
      if (filled === html) throw new Error('index.html has no place for the files of a first visit')
      return filled
    },
  },
}

type Bundle = NonNullable<Parameters<Extract<Plugin['generateBundle'], (...args: never) => unknown>>[1]>

function filesOf(bundle: Bundle, html: string) {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const worker = chunks.find(({ name }) => name === 'compute.worker')
  const scripts = new Set<string>()
  const styles = new Set<string>()
  const add = (file: string): void => {
    const chunk = bundle[file]
    if (chunk?.type !== 'chunk' || scripts.has(file) || html.includes(file)) return
    scripts.add(file)
    for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style)
    chunk.imports.forEach(add)
  }
  for (const module of shown) {
    const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(module)))
    if (!chunk)
      throw new Error(`the build has no ${module}: a first visit would wait for what comes in its place`)
    add(chunk.fileName)
  }
  if (!worker) throw new Error('the build has no chunk compute.worker')
  const picture = Object.values(bundle).find(
    (file) => file.type === 'asset' && file.originalFileNames.some((name) => name.endsWith(firstPicture)),
  )
  if (!picture) throw new Error(`the build has no ${firstPicture}: a first visit would ask for it late`)
  return {
    ...{ study, worker: `./${worker.fileName}`, picture: `./${picture.fileName}` },
    ...{ scripts: relative(scripts), styles: relative(styles) },
  }
}

const relative = (files: ReadonlySet<string>): string[] => [...files].map((file) => `./${file}`)
