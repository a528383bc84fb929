import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// Relative base: the built site works under any sub-path of any static host.
export default defineConfig({
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 1600 },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    exclude: process.env.SLOW ? [] : ['**/*.slow.test.ts', '**/node_modules/**'],
    testTimeout: 20_000,
    pool: 'threads',
  },
})
