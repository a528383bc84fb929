// The page in a browser that is no Chromium: tsx e2e/other-browsers/smoke.ts firefox|webkit EXECUTABLE. Each view, a drag,
// 50 steps of a training, a binned fit, a link. Prints a line per check; exit code 1 where one fails.
import { defaultLinkIntent, linkTo } from '../../src/testing/links.ts'
import { smallFit } from '../pages/fit-page.ts'
import { serveDist } from '../pages/static-server.ts'
import type { DrivenBrowser } from './driven-browser.ts'
import { startFirefox } from './marionette.ts'
import { startWebKit } from './web-driver.ts'

const views = ['Explore', 'Compare', 'Interpret', 'Train', 'Fit', 'Data']

/** Until the body of a function returns something true; the last value is in the error. */
async function until<T>(
  browser: DrivenBrowser,
  body: string,
  seconds: number,
  ...args: unknown[]
): Promise<T> {
  let value: T | undefined
  for (const end = Date.now() + 1000 * seconds; Date.now() < end;) {
    value = await browser.evaluate<T>(body, ...args)
    if (value) return value
    await new Promise((done) => setTimeout(done, 200))
  }
  const page = await browser.evaluate<string>('return document.body.innerText.slice(0, 600)')
  throw new Error(`not within ${seconds} s: ${body}\n${page}`)
}

const mapReady = `
  const explore = document.querySelector('[data-testid=explore]')
  return explore?.dataset.status === 'ready' && Number(explore.dataset.points)`
const press = `
  const button = [...document.querySelectorAll(arguments[0])].find((each) =>
    (each.getAttribute('aria-label') ?? each.textContent).trim() === arguments[1] && !each.disabled)
  button?.click()
  return Boolean(button)`
/** Paths of the live universe and place of its dot. */
const live = `
  return JSON.stringify([
    ...[...document.querySelectorAll('.live-layer > path')].slice(0, 2).map((path) => path.getAttribute('d')),
    document.querySelector('.map-live')?.getAttribute('transform'),
  ])`
const slider = `
  const input = [...document.querySelectorAll('input[type=range]')].find((each) =>
    (each.getAttribute('aria-label') ?? each.labels?.[0]?.textContent ?? '').trim().startsWith('clq3'))
  if (!input) return null
  input.scrollIntoView({ block: 'center' })
  const { x, y, width, height } = input.getBoundingClientRect()
  return { x: x + width / 2, y: y + height / 2, width, value: Number(input.value) }`
const errors = `return window.smokeErrors ?? []`
const listen = `
  window.smokeErrors = []
  addEventListener('error', (event) => window.smokeErrors.push(event.message))
  addEventListener('unhandledrejection', (event) => window.smokeErrors.push(String(event.reason)))
  document.addEventListener('securitypolicyviolation', (event) =>
    window.smokeErrors.push('policy: ' + event.violatedDirective))`

interface Slider {
  x: number
  y: number
  width: number
  value: number
}

async function smoke(browser: DrivenBrowser, address: string, check: Check): Promise<void> {
  await browser.open(address)
  await browser.evaluate(listen)

  await check('all rows are on the map', async () => {
    const points = await until<number>(browser, mapReady, 60)
    if (points !== 22_000) throw new Error(`${points} points, not 22,000`)
  })
  await check('a dragged coefficient moves spectrum, ratio and dot', async () => {
    await until(
      browser,
      `${live.replace('return JSON.stringify(', 'const now = JSON.stringify(')}; return /M/.test(now)`,
      30,
    )
    const before = JSON.parse(await browser.evaluate<string>(live)) as (string | null)[]
    const at = await until<Slider>(browser, slider, 20)
    await browser.drag(at, { x: at.x + at.width / 6, y: at.y })
    // Exact values that take the place of the preview move the dot a little by themselves: all three are waited for.
    const allMoved = `
      ${live.replace('return JSON', 'const now = JSON')}
      const before = JSON.parse(arguments[0])
      return before.length === 3 && JSON.parse(now).every((part, i) => part !== before[i])`
    await until(browser, allMoved, 20, JSON.stringify(before))
    const moved = await browser.evaluate<Slider>(slider)
    if (moved.value === at.value) throw new Error(`the slider stayed at ${at.value}`)
  })
  await check('the link of it opens to the same coefficient', async () => {
    const { value } = await browser.evaluate<Slider>(slider)
    const link = await until<string>(browser, 'return location.hash.length > 2 && location.href', 20)
    await browser.open('about:blank')
    await browser.open(link)
    await browser.evaluate(listen)
    await until(browser, mapReady, 60)
    const opened = await until<Slider>(browser, slider, 20)
    if (opened.value !== value) throw new Error(`${opened.value}, not ${value}`)
  })
  for (const view of views)
    await check(`${view} opens`, async () => {
      await until(browser, press, 20, 'nav[aria-label=Views] button', view)
      await until(browser, 'return document.title.startsWith(arguments[0])', 20, view)
      await until(
        browser,
        `return document.querySelectorAll('main h1, main h2, main canvas, main [role]').length > 0`,
        30,
      )
      const alert = await browser.evaluate<string>(
        `return document.querySelector('[role=alert]')?.textContent ?? ''`,
      )
      if (alert) throw new Error(alert)
    })
  await check('50 steps of a training', async () => {
    await browser.open('about:blank')
    await browser.open(
      address + (await linkTo({ view: 'train', training: { ...defaultLinkIntent.training, steps: 50 } })),
    )
    await browser.evaluate(listen)
    const group = '[role=group][aria-label=Training]'
    await until(browser, press, 60, `${group} button`, 'Play')
    const status = `return /^Finished 50 steps\\. Kept/.test(document.querySelector('${group} [role=status]')?.textContent)`
    await until(browser, status, 240)
  })
  await check('a binned fit', async () => {
    await browser.open('about:blank')
    await browser.open(address + (await smallFit()))
    await browser.evaluate(listen)
    await until(browser, press, 60, 'button', 'Run binned alone')
    const done = `
      return [...document.querySelectorAll('[aria-label=Stages] li')].some(({ textContent }) =>
        /^\\W*Binned.*\\d sRun$/.test(textContent))`
    await until(browser, done, 120)
    const corner = `return document.querySelectorAll('.fit-corner .plot .main-svg').length > 0`
    await until(browser, corner, 30)
  })
}

type Check = (what: string, act: () => Promise<void>) => Promise<void>

const starts = { firefox: startFirefox, webkit: startWebKit }
const [, , name, executable] = process.argv
if (!executable || !Object.hasOwn(starts, name))
  throw new Error(`Give one of ${Object.keys(starts).join(', ')} and its executable.`)
const host = await serveDist('/sub/')
const browser = await starts[name as keyof typeof starts](executable)
let failed = 0
try {
  await smoke(browser, host.address, async (what, act) => {
    const started = Date.now()
    let fault = ''
    try {
      await act()
      const seen = await browser.evaluate<string[]>(errors)
      if (seen.length > 0) throw new Error(`errors in the page: ${seen.join('; ')}`)
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error)
      failed += 1
    }
    console.log(
      `${fault ? 'not ok' : 'ok'}: ${what} (${((Date.now() - started) / 1000).toFixed(1)} s)${fault && `\n  ${fault}`}`,
    )
  })
} finally {
  await browser.close()
  await host.close()
}
process.exitCode = failed > 0 ? 1 : 0
