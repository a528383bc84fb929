import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { buildSite, openBrowser, within, withPage, type BenchBrowser } from './browser.ts'
import { timingOf, type Timing } from './measure.ts'
import type { DotsBench } from './page/main.ts'
import { below, digits, type BenchRow } from './report.ts'
import { serveFolder } from './static-server.ts'
import type { BenchSubject, Log } from './subject.ts'

const count = 1_000_000
const runs = 3
const mounts = 3
const viewport = { width: 920, height: 720 }
/** Longest wait for each of the peer's answers [ms]. */
const patience = 60_000

declare global {
  interface Window {
    dotsBench: DotsBench
  }
}

/** What one run has of one map: medians [ms], undefined where no answer came. */
interface RunTimes {
  paint?: number
  all?: number
  select?: number
  lasso?: number
}

/** A million dots (seeded) on the app's own map and, in the same run, by plotly's scattergl; several such runs. */
export async function* dotsSuite(_subject: BenchSubject, log: Log): AsyncGenerator<BenchRow, void> {
  const site = await buildSite(fileURLToPath(new URL('./page', import.meta.url)))
  const server = await serveFolder(site.folder)
  const pairs: { own: RunTimes; peer: RunTimes }[] = []
  try {
    for (let run = 1; run <= runs; run++) {
      const pair = { own: {}, peer: {} }
      pairs.push(pair)
      // A browser each: the peer may hang its own.
      const first = await openBrowser()
      try {
        yield* ownMap(first, server.address, `run ${run}: own map`, pair.own)
      } finally {
        await first.close()
      }
      log(`dots: plotly, run ${run} of ${runs}, up to three minutes`)
      const second = await openBrowser()
      try {
        yield* peerMap(second, server.address, `run ${run}: plotly scattergl`, pair.peer)
      } finally {
        await second.close()
      }
    }
  } finally {
    server.close()
    site.dispose()
  }
  yield ratioRow('first paint, own / plotly', pairs, ({ paint }) => paint)
  yield ratioRow('select 10 %, own / plotly', pairs, ({ select }) => select)
  yield ratioRow('lasso, own to the new picture / plotly per move', pairs, ({ lasso }) => lasso)
  yield {
    ...ratioRow('all dots, own / plotly', pairs, ({ all }) => all),
    target: undefined,
  }
}

/** The worst of all runs. A peer that gave no answer counts with the time that it was waited for. */
function ratioRow(
  name: string,
  pairs: readonly { own: RunTimes; peer: RunTimes }[],
  of: (times: RunTimes) => number | undefined,
): BenchRow {
  const ratios = pairs.flatMap(({ own, peer }) => (of(own) ?? NaN) / (of(peer) ?? patience))
  const note = `worst of ${ratios.map((ratio) => ratio.toFixed(3)).join(', ')}`
  const value = ratios.every(Number.isFinite) ? Math.max(...ratios) : { skipped: 'the own map has no time' }
  return { name, unit: '×', value, target: below(0.1), note }
}

/** One time, with the processor time of the whole browser where it is known. */
interface Sample {
  ms: number
  cpu?: number
}

const since = (before?: number, after?: number): number | undefined =>
  before === undefined || after === undefined ? undefined : after - before

function timingOfSamples(samples: readonly Sample[]): Timing {
  const known = samples.flatMap(({ cpu }) => cpu ?? [])
  const mean = known.length ? known.reduce((a, b) => a + b) / known.length : undefined
  return timingOf(
    samples.map(({ ms }) => ms),
    mean,
  )
}

async function openDots(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.evaluate((n) => window.dotsBench.draw(n), count)
}

async function* ownMap(
  { browser, cpu }: BenchBrowser,
  address: string,
  title: string,
  times: RunTimes,
): AsyncGenerator<BenchRow, void> {
  const opened: { firstPicture: number; allDots: number; mountCpu?: number }[] = []
  const selections: Sample[] = []
  const gestures: number[] = []
  let lassos: { ms: number; inside: number }[] = []
  for (let i = 0; i <= mounts; i++) {
    const run = await withPage(browser, viewport, async (page) => {
      await openDots(page, address)
      const before = cpu()
      const map = await page.evaluateHandle(() => window.dotsBench.own())
      const mountCpu = since(before, cpu())
      const { firstPicture, allDots } = await map.evaluate(({ firstPicture, allDots }) => ({
        firstPicture,
        allDots,
      }))
      const chosen: Sample[] = []
      for (let turn = 0; turn < 3; turn++) {
        const mask = await page.evaluateHandle(
          ([n, first]) => window.dotsBench.tenth(n, first),
          [count, turn],
        )
        const start = cpu()
        const ms = await map.evaluate((own, chosenDots) => own.select(chosenDots), mask)
        if (turn > 0) chosen.push({ ms, cpu: since(start, cpu()) })
        await page.waitForTimeout(1000) // until the picture of all dots is out as well
      }
      const timed = await map.evaluate((own) => {
        const polygon = window.dotsBench.lassoPolygon(40)
        return Array.from({ length: 13 }, () => own.lasso(polygon))
      })
      const gesture = map.evaluate((own) => own.gesture())
      await drawLasso(page, '.map-plot')
      return { firstPicture, allDots, mountCpu, chosen, lassos: timed.slice(3), gesture: await gesture }
    })
    if (i === 0) continue // shaders and code compiled once for this browser
    opened.push(run)
    selections.push(...run.chosen)
    lassos = [...lassos, ...run.lassos]
    gestures.push(run.gesture)
  }
  const median = (values: readonly number[]): number => timingOf(values).median
  times.paint = median(opened.map(({ firstPicture }) => firstPicture))
  times.all = median(opened.map(({ allDots }) => allDots))
  times.select = median(selections.map(({ ms }) => ms))
  times.lasso = median(gestures)
  yield {
    name: `${title}: first paint`,
    value: timingOf(opened.map(({ firstPicture }) => firstPicture)),
    target: below(600),
    note: 'from mount; a sample of 150,000 where the graphics is slow',
  }
  yield {
    name: `${title}: all dots painted`,
    value: timingOfSamples(opened.map(({ allDots, mountCpu }) => ({ ms: allDots, cpu: mountCpu }))),
  }
  yield {
    name: `${title}: select 10 %`,
    value: timingOfSamples(selections),
    target: below(300),
    note: 'new picture out',
  }
  yield {
    name: `${title}: lasso of 40 corners`,
    value: timingOf(lassos.map(({ ms }) => ms)),
    target: below(20),
    note: `${lassos[0].inside.toLocaleString('en')} dots inside, exact`,
  }
  yield {
    name: `${title}: lasso drawn with the mouse, end to new picture`,
    value: timingOf(gestures),
    note: 'select, upload and draw',
  }
}

/** 24 moves around the middle, as fast as the page takes them. @returns ms and moves done within the patience */
async function drawLasso(page: Page, element: string): Promise<{ ms: number; moves: number }> {
  const box = await page.locator(element).first().boundingBox()
  if (!box) throw new Error(`there is no ${element} to draw on`)
  const at = (k: number): [number, number] => {
    const angle = (2 * Math.PI * k) / 24
    return [
      box.x + box.width * (0.5 + 0.12 * Math.cos(angle)),
      box.y + box.height * (0.5 + 0.12 * Math.sin(angle)),
    ]
  }
  const start = performance.now()
  let moves = 0
  const gesture = async (): Promise<void> => {
    await page.mouse.move(...at(0))
    await page.mouse.down()
    for (; moves < 24; moves++) {
      await page.mouse.move(...at(moves + 1))
      if (performance.now() - start > patience) return
    }
    await page.mouse.up()
    await page.evaluate(() => undefined) // until the page has handled it
  }
  await within(patience, gesture())
  return { ms: performance.now() - start, moves }
}

async function* peerMap(
  { browser, cpu }: BenchBrowser,
  address: string,
  title: string,
  times: RunTimes,
): AsyncGenerator<BenchRow, void> {
  const late = { skipped: `no answer within ${patience / 1000} s` }
  const context = await browser.newContext({ viewport })
  await context.addInitScript('globalThis.__name = (f) => f')
  const page = await context.newPage()
  await openDots(page, address)
  const start = cpu()
  const map = await within(
    patience,
    page.evaluateHandle(() => window.dotsBench.peer()),
  )
  if (!map) {
    yield { name: `${title}: painted`, value: late }
    return
  }
  const painted = await map.evaluate(({ allDots }) => allDots)
  times.paint = times.all = painted
  yield { name: `${title}: painted`, value: timingOfSamples([{ ms: painted, cpu: since(start, cpu()) }]) }
  const beforeSelection = cpu()
  const chosen = await within(
    patience,
    map.evaluate((peer, n) => peer.select(Array.from({ length: n / 10 }, (_, k) => 10 * k)), count),
  )
  if (chosen === undefined) {
    yield { name: `${title}: select 10 %`, value: late }
    return
  }
  const selection = { ms: chosen, cpu: since(beforeSelection, cpu()) }
  times.select = chosen
  yield { name: `${title}: select 10 %`, value: timingOfSamples([selection]) }
  const { ms, moves } = await drawLasso(page, '.nsewdrag')
  if (moves > 0) times.lasso = ms / moves
  yield {
    name: `${title}: lasso drawn with the mouse`,
    value: ms < patience ? ms : { skipped: `${moves} of 24 moves within ${patience / 1000} s` },
    note: ms < patience ? `${digits(ms / 24)} ms per move` : undefined,
  }
}
