import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import playwrightConfig from '../../e2e/playwright.config.ts'

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url))

/** The browser of the end-to-end tests, with their switches. */
export async function openBrowser(): Promise<Browser> {
  const finder = new URL('../../.ci/chromium.mjs', import.meta.url).href
  const { ensureChromium } = (await import(finder)) as { ensureChromium: () => Promise<string | undefined> }
  const executablePath = await ensureChromium()
  return chromium.launch({ ...playwrightConfig.use?.launchOptions, executablePath })
}

export interface Site {
  folder: string
  dispose(): void
}

/** The app as visitors get it, or a page of src/bench, built into a folder of its own under the system's /tmp. */
export async function buildSite(root: 'app' | string): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'theoryscape-bench-'))
  const output = { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 5000 }
  if (root === 'app')
    await build({ root: repositoryRoot, logLevel: 'warn', mode: 'production', build: output })
  else
    await build({
      root,
      base: './',
      configFile: false,
      logLevel: 'warn',
      plugins: [react()],
      worker: { format: 'es' },
      build: { ...output, target: 'es2023' },
    })
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Work in a fresh browser context: nothing cached. */
export async function withPage<T>(
  browser: Browser,
  viewport: { width: number; height: number },
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport })
  try {
    // tsx wraps functions in __name() to keep their names; those that are sent to the page need one there.
    await context.addInitScript('globalThis.__name = (f) => f')
    return await work(await context.newPage())
  } finally {
    await context.close()
  }
}

/** The work's result, or undefined where it takes longer than this; the work itself is not stopped. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    work.catch(() => undefined)
  }
}
