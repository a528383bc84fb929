import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** The development server injects styles and scripts inline, which the page's Content-Security-Policy forbids. */
const developmentWithoutPolicy: Plugin = {
  name: 'development-without-policy',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
}

/** The service worker beside index.html, told which files make up this build. */
const offlineCopy: Plugin = {
  name: 'offline-copy',
  apply: 'build',
  enforce: 'post',
  buildStart() {
    this.emitFile({ type: 'chunk', id: 'src/workers/offline.worker.ts', fileName: 'offline.js' })
  },
  generateBundle(_options, bundle) {
    const worker = bundle['offline.js']
    if (worker?.type !== 'chunk' || worker.imports.length > 0)
      this.error('offline.js must be a script of its own: browsers differ on modules there')
    const files = Object.keys(bundle)
      .filter((file) => file.startsWith('assets/'))
      .sort()
    const data = readdirSync('public/data', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.includes('.'))
      .map((file) => `data/${file.replaceAll('\\', '/')}`)
      .sort()
    const digest = createHash('sha256').update(files.join())
    const page = bundle['index.html']
    if (page?.type === 'asset') digest.update(page.source)
    // Manifests hold the hashes of all other files of a dataset.
    for (const file of data) if (file.endsWith('manifest.json')) digest.update(readFileSync(`public/${file}`))
    const version = digest.digest('hex').slice(0, 16)
    const build = JSON.stringify({ version, files: ['./', 'icon.svg', ...files], data })
    worker.code = worker.code.replace('__OFFLINE_BUILD__', build)
  },
}

// Relative base: the built site works under any sub-path of any static host.
export default defineConfig({
  base: './',
  plugins: [react(), developmentWithoutPolicy, offlineCopy],
  worker: { format: 'es' },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 1600 },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    exclude: process.env.SLOW ? [] : ['**/*.slow.test.ts', '**/node_modules/**'],
    testTimeout: 20_000,
    pool: 'threads',
    maxWorkers: '100%',
    // Modules are loaded once per thread, not once per file: half of the time. Tests leave no global state behind.
    isolate: false,
  },
})
