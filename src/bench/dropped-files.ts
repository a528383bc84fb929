import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Browser, JSHandle, Page } from '@playwright/test'
import { badFiles } from '../testing/bad-files.ts'
import { sharedCase, sharedCases } from '../testing/shared-cases.ts'
import { linkTo } from '../testing/links.ts'
import { buildSite, openBrowser } from './browser.ts'
import { timingOf } from './measure.ts'
import { below, type BenchRow } from './report.ts'
import { serveFolder } from './static-server.ts'
import type { BenchSubject, Log } from './subject.ts'

interface Dropped {
  name: string
  bytes: Uint8Array
}

/** Files that are dropped together. */
type Drop = readonly Dropped[]

/** One drop: when the page told or drew it, and the longest task of its thread until 1.5 s after [ms]. */
interface Told {
  told: number
  longest: number
  /** Processor time of the main thread in the task that took most of it [ms]. */
  processor: number
}

const casesFolder = resolve(import.meta.dirname, '../../../shared/cases')
const of = (...names: string[]): Drop =>
  names.map((name) => ({ name: name.replace(/^.*\//, ''), bytes: sharedCase(name) }))
const alone = (...names: string[]): Drop[] => names.map((name) => of(`files/${name}`))
const all = (folder: string, wanted = /./): Drop[] =>
  readdirSync(resolve(casesFolder, folder))
    .filter((name) => wanted.test(name))
    .map((name) => of(`${folder}/${name}`))

function chain(draws: number): Drop {
  const rows = Array.from(
    { length: draws },
    (_, i) => `0.5 -${i}.0 ${0.4 + 0.2 * Math.sin(i)} ${-0.5 + 0.1 * Math.cos(2 * i)}`,
  )
  const text = ['weight logl ctd8 c_tq^8', ...rows].join('\n')
  return [{ name: 'weighted_post.txt', bytes: new TextEncoder().encode(text) }]
}

const onExplore = async (): Promise<Record<string, Drop[]>> => ({
  'archives that lie, offsets that lead nowhere': (await badFiles()).map((file) => [file]),
  spectra: [
    ...alone('c01-numeric-header.csv', 'c01b-pandas-default.csv', 'c02-one-number-per-line.txt'),
    ...alone('c03-sep-line.csv', 'c04-spectrum.dat', 'spectra-plain.npy', 'spectra.npz'),
    ...alone('spectra.csv.gz', 'spectra.h5'),
    ...all('real/root', /histograms/),
  ],
  'PDF grids with .info': [
    of('files/c05_0000.dat', 'files/c05.info'),
    of('files/c06_0000.dat', 'files/c06.info'),
    of('files/c07_0000.dat', 'files/c07_0001.dat'),
  ],
  WCxf: [
    ...alone('c08-u35.json', 'c09-redundant.json', 'c10-tev.json', 'c11-bom.json', 'c13-wet.yml'),
    ...all('real/wcxf'),
  ],
  // The last becomes the dataset.
  HEPData: alone('hepdata-export.csv', 'hepdata-measured-mll.yaml'),
})
const onFit: () => Record<string, Drop[]> = () => ({
  'events on Fit': [
    ...alone('events-plain.csv', 'c14-optional-weights.lhe', 'c15-two-documents.lhe'),
    ...alone('c16-two-gzip-members.lhe.gz', 'c17-event-tag-in-comment.lhe', 'c18-mg-reweighting.lhe'),
    ...alone('c21-mixed-decays.lhe', 'c23-weight-column.csv', 'c24-text-column.csv'),
    ...alone('c25-zstd.parquet', 'c26-mev.csv'),
    ...all('real/parquet'),
    ...all('real/root', /^(?!.*histograms)/),
    ...all('real/lhe'),
  ],
  'a chain of 3,000 draws on Fit': [chain(3000)],
})

/** Every file of the cases dropped once, in a page that has come to rest; skipped where the cases are absent. */
export async function* droppedFilesSuite(_subject: BenchSubject, log: Log): AsyncGenerator<BenchRow, void> {
  if (!sharedCases()) return yield { name: 'dropped files', value: { skipped: 'no shared/cases' } }
  log('dropped-files: building')
  const site = await buildSite('app')
  const server = await serveFolder(site.folder)
  const opened = await openBrowser()
  try {
    for (const [hash, ready, groups] of [
      ['', '[data-testid=explore][data-tier=exact]', await onExplore()],
      [await linkTo({ view: 'fit' }), '[data-testid=fit]', onFit()],
    ] as const)
      for (const [group, drops] of Object.entries(groups)) {
        const told = await toldOf(opened.browser, server.address + hash, ready, drops, log)
        yield* rowsOf(group, told)
      }
  } finally {
    server.close()
    await opened.close()
    site.dispose()
  }
}

function* rowsOf(group: string, told: readonly (Told & { name: string })[]): Generator<BenchRow, void> {
  const by = (key: keyof Told) => told.reduce((most, each) => (each[key] > most[key] ? each : most))
  const note = (key: keyof Told) => `most: ${by(key).name}, ${by(key)[key].toFixed(0)} ms`
  yield {
    name: `${group}, ${told.length} drops: told or drawn`,
    value: timingOf(told.map((each) => each.told)),
    target: below(1000),
    note: note('told'),
  }
  yield {
    name: `${group}: longest task, processor time`,
    value: by('processor').processor,
    target: below(50),
    note: note('processor'),
  }
  yield { name: `${group}: longest task by the clock`, value: by('longest').longest, note: note('longest') }
}

async function toldOf(
  browser: Browser,
  address: string,
  ready: string,
  drops: readonly Drop[],
  log: Log,
): Promise<(Told & { name: string })[]> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
  })
  try {
    // tsx wraps functions in __name() to keep their names; those that are sent to the page need one there.
    await context.addInitScript('globalThis.__name = (f) => f')
    const page = await context.newPage()
    const found: (Told & { name: string })[] = []
    for (const files of drops) {
      // A drop may have led to another study.
      if (!(await page.locator(ready).count())) {
        await page.goto('about:blank')
        await page.goto(address)
        await page.locator(ready).waitFor({ timeout: 60_000 })
        await page.evaluate(rest)
      }
      const name = files.map((file) => file.name).join(' + ')
      const told = await dropAndWatch(browser, page, files)
      log(`${name}: ${told.told.toFixed(0)} ms, task ${told.processor.toFixed(0)} ms of processor`)
      found.push({ name, ...told })
      await page.keyboard.press('Escape')
      for (const button of await page.getByRole('button', { name: /^Dismiss/ }).all())
        await button.click({ timeout: 1000 }).catch(() => undefined)
      await page.evaluate(rest)
    }
    return found
  } finally {
    await context.close()
  }
}

/** Until nothing has kept the thread for two seconds. Runs in the page. */
async function rest(): Promise<void> {
  let last = performance.now()
  new PerformanceObserver(() => (last = performance.now())).observe({ type: 'longtask' })
  while (performance.now() - last < 2000) await new Promise((done) => requestAnimationFrame(done))
}

async function dropAndWatch(browser: Browser, page: Page, files: Drop): Promise<Told> {
  const data: JSHandle<DataTransfer> = await page.evaluateHandle(
    (list) => {
      const data = new DataTransfer()
      for (const { name, base64 } of list)
        data.items.add(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], name))
      return data
    },
    files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') })),
  )
  const stems = files.map(({ name }) => name.replace(/(_0000)?\.\w+(\.gz)?$/, ''))
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] })
  const told = await page.evaluate(watchDrop, { data, stems, patience: 8000 })
  const { longest, processor } = tasksOf(await browser.stopTracing())
  return { told, longest, processor }
}

/** Drops on the page and waits until a name of the files stands in it, other than as being read. Runs in the page. */
async function watchDrop(asked: {
  data: DataTransfer
  stems: string[]
  /** Longest that is waited [ms]. */
  patience: number
}): Promise<number> {
  const { data, stems, patience } = asked
  const begun = performance.now()
  performance.mark('dropped')
  const told = await new Promise<number>((done) => {
    const look = (node: Node) => {
      const text = node.textContent ?? ''
      if (stems.some((stem) => text.includes(stem)) && !/Reading |Placing /.test(text))
        done(performance.now() - begun)
    }
    new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records) {
        if (type === 'characterData') look(target)
        addedNodes.forEach(look)
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true })
    setTimeout(() => done(patience), patience)
    const drop = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
    document.querySelector('.app')?.dispatchEvent(drop)
  })
  await new Promise((done) => setTimeout(done, 1500))
  return told
}

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur?: number
  tdur?: number
}

/** Of the thread that dropped, after it did [ms]. Traces are in microseconds. */
function tasksOf(trace: Buffer): { longest: number; processor: number } {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }
  const mark = traceEvents.find(({ name }) => name === 'dropped')
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid, ts }) =>
      ph === 'X' && name.endsWith('RunTask') && pid === mark?.pid && tid === mark.tid && ts >= mark.ts,
  )
  const most = (key: 'dur' | 'tdur') => Math.max(0, ...tasks.map((task) => task[key] ?? 0)) / 1000
  return { longest: most('dur'), processor: most('tdur') }
}
