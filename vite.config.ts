import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** The development server injects styles and scripts inline, which the page's Content-Security-Policy forbids. */
const developmentWithoutPolicy: Plugin = {
  name: 'development-without-policy',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
}

// Relative base: the built site works under any sub-path of any static host.
export default defineConfig({
  base: './',
  plugins: [react(), developmentWithoutPolicy],
  worker: { format: 'es' },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 1600 },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    exclude: process.env.SLOW ? [] : ['**/*.slow.test.ts', '**/node_modules/**'],
    testTimeout: 20_000,
    pool: 'threads',
    // Modules are loaded once per thread, not once per file: half of the time. Tests leave no global state behind.
    isolate: false,
  },
})
