import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import playwrightConfig from '../../e2e/playwright.config.ts'

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url))

export interface BenchBrowser {
  browser: Browser
  /** Processor time of all its processes so far [ms], where the system tells (Linux, in steps of 10 ms). */
  cpu(): number | undefined
  close(): Promise<void>
}

/** The browser of the end-to-end tests, with their switches. */
export async function openBrowser(): Promise<BenchBrowser> {
  const finder = new URL('../../.ci/chromium.mjs', import.meta.url).href
  const { ensureChromium } = (await import(finder)) as { ensureChromium: () => Promise<string | undefined> }
  const executablePath = await ensureChromium()
  const server = await chromium.launchServer({ ...playwrightConfig.use?.launchOptions, executablePath })
  const { pid } = server.process()
  return {
    browser: await chromium.connect(server.wsEndpoint()),
    cpu: () => (pid === undefined ? undefined : cpuOfTree(pid)),
    // A renderer that is kept busy does not close by itself.
    close: async () => {
      if (
        (await within(
          5000,
          server.close().then(() => true),
        )) === undefined
      )
        await server.kill()
    },
  }
}

/** From /proc: user and system time of a process and its descendants; ticks of 10 ms. */
function cpuOfTree(root: number): number | undefined {
  const processes = new Map<number, { parent: number; ticks: number }>()
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue
      const stat = readStat(name)
      // Fields after the name in brackets: state, parent, ..., utime (12th), stime (13th).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      processes.set(Number(name), {
        parent: Number(fields[1]),
        ticks: Number(fields[11]) + Number(fields[12]),
      })
    }
  } catch {
    return undefined
  }
  const belongs = (pid: number): boolean =>
    pid === root || (processes.has(pid) && belongs(processes.get(pid)?.parent ?? 0))
  let ticks = 0
  for (const [pid, entry] of processes) if (belongs(pid)) ticks += entry.ticks
  return 10 * ticks
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ') - 0' // it has just ended
  }
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
