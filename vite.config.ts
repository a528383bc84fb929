import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { normalizePath, type Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { tensorKernels } from './src/ml/tensor-kernels.ts'
import { firstChunks, workersWithoutPage } from './vite/chunks.ts'
import { firstVisit } from './vite/first-visit.ts'

/** The development server injects styles and scripts inline, which the page's Content-Security-Policy forbids. */
const developmentWithoutPolicy: Plugin = {
  name: 'development-without-policy',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
}

/** The page's inline scripts, which must run before or without any file of the site, by their hashes in the policy. */
const inlineScriptsInPolicy: Plugin = {
  name: 'inline-scripts-in-policy',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)]
      if (scripts.length === 0 || !html.includes("'sha256-of-inline-scripts'"))
        throw new Error('index.html must have inline scripts and a place for their hashes in the policy')
      const hashes = scripts.map(([, text]) => createHash('sha256').update(text).digest('base64'))
      return html.replace("'sha256-of-inline-scripts'", hashes.map((hash) => `'sha256-${hash}'`).join(' '))
    },
  },
}

/** The service worker beside index.html, told which files make up this build, and their hashes as they lie on the disk. */
const offlineCopy: Plugin = {
  name: 'offline-copy',
  apply: 'build',
  buildStart() {
    this.emitFile({ type: 'chunk', id: 'src/workers/offline.worker.ts', fileName: 'offline.js' })
  },
  writeBundle: {
    order: 'post',
    sequential: true,
    handler({ dir = 'dist' }, bundle) {
      const worker = bundle['offline.js']
      if (worker?.type !== 'chunk' || worker.imports.length > 0)
        this.error('offline.js must be a script of its own: browsers differ on modules there')
      const hashes = (paths: string[], onDisk = (path: string) => path) =>
        Object.fromEntries(
          paths.sort().map((path) => {
            const digest = createHash('sha256').update(readFileSync(join(dir, onDisk(path))))
            return [path, `sha256-${digest.digest('base64')}`]
          }),
        )
      const assets = Object.keys(bundle).filter((file) => file.startsWith('assets/'))
      const files = hashes(['./', 'icon.svg', ...assets], (path) => (path === './' ? 'index.html' : path))
      const data = hashes(
        ['data', 'samples'].flatMap((folder) =>
          readdirSync(join(dir, folder), { recursive: true, encoding: 'utf8' })
            .filter((file) => file.includes('.'))
            .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
        ),
      )
      const version = createHash('sha256').update(JSON.stringify({ files, data })).digest('hex').slice(0, 16)
      const script = join(dir, 'offline.js')
      const code = readFileSync(script, 'utf8')
      const filled = code.replace('__OFFLINE_BUILD__', () => JSON.stringify({ version, files, data }))
      if (filled === code) this.error('offline.js has no place for the hashes of this build')
      writeFileSync(script, filled)
    },
  },
}

const workerScripts = ['compute', 'ml'] as const
const scriptsModule = 'virtual:worker-scripts'

/**
 * Addresses of the worker scripts, which are entries of the page's own build: what page and workers share (physics,
 * kernels, TensorFlow.js) is then built and kept once. Vite's own worker builds would each have their own copy.
 */
const sharedWorkers: Plugin = {
  name: 'shared-workers',
  resolveId: (id) => (id === scriptsModule ? `\0${scriptsModule}` : undefined),
  load(id) {
    if (id !== `\0${scriptsModule}`) return undefined
    const lines = workerScripts.map((script) => {
      const file = `src/workers/${script}.worker.ts`
      if (this.environment.mode === 'dev')
        return `export const ${script} = '/${file}?worker_file&type=module'`
      const reference = this.emitFile({ type: 'chunk', id: file, name: `${script}.worker` })
      return `export const ${script} = import.meta.ROLLUP_FILE_URL_${reference}`
    })
    return lines.join('\n')
  },
}

/** Backends of TensorFlow.js with the kernels that are called: each registers some 160, gradients need these few. */
const fewKernels: Plugin = {
  name: 'few-kernels',
  apply: 'build',
  transform(code, id) {
    if (!/tfjs-backend-\w+\/dist\/register_all_kernels\.js$/.test(id)) return undefined
    const imports = [...code.matchAll(/^import \{ (\w+) \} from '\.\/kernels\/(\w+)';$/gm)]
    const kept = imports.filter(([, , kernel]) => tensorKernels.includes(kernel))
    if (kept.length !== tensorKernels.length)
      this.error(
        `${id} names ${kept.length} of the ${tensorKernels.length} kernels in src/ml/tensor-kernels.ts`,
      )
    const lines = [
      "import { registerKernel } from '@tensorflow/tfjs-core'",
      ...kept.map(([line]) => line),
      `for (const kernel of [${kept.map(([, config]) => config).join(', ')}]) registerKernel(kernel)`,
    ]
    return { code: lines.join('\n'), map: null, moduleSideEffects: true }
  },
}

/** zod's schemas can be written as JSON Schemas, for which nothing here asks: some 5 kB that each visit would load. */
const withoutJsonSchemas: Plugin = {
  name: 'without-json-schemas',
  apply: 'build',
  transform(code, id) {
    const path = normalizePath(id)
    if (path.endsWith('/zod/v4/classic/schemas.js')) {
      const without = code.replace(/^\s*inst\._zod\.processJSONSchema = .*;$/gm, '')
      if (without.includes('Processor(')) this.error(`${id} names writers of JSON Schemas in another way`)
      return { code: without, map: null }
    }
    if (!path.endsWith('/zod/v4/core/to-json-schema.js')) return undefined
    const names = [...code.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, name]) => name)
    const lines = [
      "const absent = () => { throw new Error('JSON Schemas are left out of this build') }",
      ...names.map((name) => `export const ${name} = () => absent`),
      'export { processSchema as process }',
    ]
    return { code: lines.join('\n'), map: null }
  },
}

/**
 * Of JSROOT only what reads files: its decoder of Zstandard (fzstd has a twentieth of it) and what it loads under Node or to
 * make requests are never asked for.
 */
const jsrootReadsOnly: Plugin = {
  name: 'jsroot-reads-only',
  apply: 'build',
  enforce: 'pre',
  resolveId: (id, importer) =>
    importer?.includes('/jsroot/modules/') &&
    /^(\.\/base\/zstd\.mjs|@oneidentity\/zstd-js|xhr2|tmp|fs|zlib)$/.test(id)
      ? nothing
      : undefined,
  load: (id) => (id === nothing ? 'export {}' : undefined),
}
const nothing = '\0nothing'

/**
 * What a first visit shows: what it imports is asked for at once. Of the other views it is not: where the server is out
 * of reach, Chromium (150) keeps the failure of each preloaded module for as long as the page is open, so that a second
 * try could not succeed. Workers cannot preload: they have no document.
 */
const preloading = /assets\/(open|explore)-/

// Relative base: the built site works under any sub-path of any static host.
export default defineConfig({
  base: './',
  plugins: [
    react(),
    developmentWithoutPolicy,
    firstVisit,
    inlineScriptsInPolicy,
    offlineCopy,
    sharedWorkers,
    fewKernels,
    withoutJsonSchemas,
    jsrootReadsOnly,
    workersWithoutPage,
  ],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: firstChunks(normalizePath(import.meta.dirname)) }],
        },
      },
    },
    modulePreload: {
      polyfill: false,
      resolveDependencies: (file, dependencies, { hostType }) =>
        hostType === 'html' || preloading.test(file) ? dependencies : [],
    },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    exclude: process.env.SLOW ? [] : ['**/*.slow.test.{ts,tsx}', '**/node_modules/**'],
    // Ends what hangs; a slow machine with other work on both cores takes three times as long as a quiet one.
    testTimeout: 60_000,
    alias: { 'plotly.js-cartesian-dist-min': join(import.meta.dirname, 'src/testing/fake-plotly.ts') },
    pool: 'threads',
    maxWorkers: '100%',
    // Modules are loaded once per thread, not once per file: half of the time. Tests leave no global state behind.
    isolate: false,
  },
})
