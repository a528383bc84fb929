import { linkTo } from '../src/testing/links.ts'
import { expect, test } from './fixtures.ts'

/** Moves of the pad after the first sets. */
const moves = 5

test('a live model has its first sets, and follows the pad, in times that are printed', async ({
  app,
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await app.open(await linkTo({ view: 'explore' }))
  await app.dataset.selectOption({ label: 'Gluinos' })
  await expect(page.getByTestId('events')).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
  // The pointer on the panel has the worker load what it needs, as it does for a person.
  await app.button('Generate events').hover()
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)))
  const times = await page.evaluate(async (count) => {
    /** When it holds, by the clock of the page. */
    const until = (holds: () => boolean) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (!holds()) return
          observer.disconnect()
          resolve(performance.now())
        }
        const observer = new MutationObserver(look)
        const all = { subtree: true, childList: true, attributes: true, characterData: true }
        observer.observe(document.body, all)
        look()
      })
    const view = document.querySelector<HTMLElement>('[data-testid=events]')
    const pad = document.querySelector<HTMLElement>('.mass-pad')
    const button = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent === 'Generate events',
    )
    if (!view || !pad || !button) throw new Error('the panel of the live model is not there')
    const said = () =>
      [...document.querySelectorAll('[role=status]')].map(({ textContent }) => textContent ?? '').join(' ')
    const massOfPad = () => /Gluino mass (\d+)/.exec(pad.getAttribute('aria-label') ?? '')?.[1] ?? ''
    let begin = performance.now()
    button.click()
    const first = (await until(() => Number(view.dataset.live ?? 0) >= 10)) - begin
    const followed: number[] = []
    const renewed: number[] = []
    for (let k = 0; k < count; k++) {
      const before = massOfPad()
      begin = performance.now()
      pad.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', shiftKey: true, bubbles: true }))
      followed.push((await until(() => massOfPad() !== before)) - begin)
      renewed.push((await until(() => said().includes(`live: ${massOfPad()},`))) - begin)
    }
    return { first, followed, renewed }
  }, moves)
  const list = (all: readonly number[]) => all.map((ms) => ms.toFixed(0)).join(' ')
  const told = `first sets ${times.first.toFixed(0)} ms; pad follows in ${list(times.followed)} ms; sets of the new model in ${list(times.renewed)} ms`
  console.log(told)
  test.info().annotations.push({ type: 'live models', description: told })
  // What only hangs can reach, on any machine: the times are for whoever reads them.
  expect(times.first).toBeLessThan(30_000)
  expect(Math.max(...times.renewed)).toBeLessThan(30_000)
})
