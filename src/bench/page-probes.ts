import type { Page } from '@playwright/test'

/** Milliseconds since navigation, which was at `origin` [ms since 1970]. */
export interface OpeningMarks {
  origin: number
  paint: number
  dots: number
  interactive: number
  whole: number
}

/**
 * Runs in the page before anything else and watches it open. Self-contained: it is sent over as text.
 * - paint: first contentful paint;
 * - dots: the first picture of points has left the graphics process;
 * - whole: the first frame after all dots of the dataset have been handed to the map;
 * - interactive: the first frame whose click on the navigation is on the screen within 100 ms.
 */
export function watchOpening(clicks: boolean): void {
  const marks: Partial<OpeningMarks> = { origin: performance.timeOrigin }
  Object.assign(window, { benchMarks: marks })

  new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName('first-contentful-paint')) marks.paint = entry.startTime
  }).observe({ type: 'paint', buffered: true })

  const draw = WebGL2RenderingContext.prototype.drawElements
  let drawn = false
  WebGL2RenderingContext.prototype.drawElements = function (mode, count, type, offset) {
    draw.call(this, mode, count, type, offset)
    if (drawn || count === 0) return
    drawn = true
    const fence = this.fenceSync(this.SYNC_GPU_COMMANDS_COMPLETE, 0)
    if (!fence) return
    this.flush()
    const poll = (): void => {
      if (this.getSyncParameter(fence, this.SYNC_STATUS) === this.SIGNALED) marks.dots = performance.now()
      else setTimeout(poll, 1)
    }
    setTimeout(poll, 0)
  }

  const lookForAll = (): void => {
    if (document.querySelector('[data-testid="explore"][data-status="ready"]'))
      marks.whole = performance.now()
    else requestAnimationFrame(lookForAll)
  }
  requestAnimationFrame(lookForAll)

  // The first click that is answered in time counts.
  let turn = -1
  const tryClick = (): void => {
    const buttons = document.querySelectorAll<HTMLButtonElement>('nav[aria-label="Views"] button')
    if (buttons.length < 3) return void requestAnimationFrame(tryClick)
    const start = performance.now()
    // Train, Data, Train, ...: not back to Explore, which would build the map anew.
    const button = buttons[1 + (++turn % 2)]
    button.click()
    const answered = (): void => {
      if (button.getAttribute('aria-current') !== 'page') return void requestAnimationFrame(answered)
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        if (performance.now() - start <= 100) marks.interactive = start
        else requestAnimationFrame(tryClick)
      }
      // After this frame's paint.
      requestAnimationFrame(() => port2.postMessage(null))
    }
    answered()
  }
  // Only where the visit is about clicking: a click leaves the map before its dots are drawn.
  if (clicks) requestAnimationFrame(tryClick)
}

const patience = 20_000

/** Waits for the wanted mark; undefined where it does not come in time. */
export async function readMarks(page: Page, wanted: keyof OpeningMarks): Promise<OpeningMarks | undefined> {
  const end = performance.now() + patience
  while (performance.now() < end) {
    // Not waitForFunction: the page's content policy forbids its eval. Rarely: asking takes the page's time.
    const marks = await page.evaluate(() => (window as unknown as { benchMarks: OpeningMarks }).benchMarks)
    if (marks[wanted] !== undefined && marks.paint !== undefined) return marks
    await new Promise((done) => setTimeout(done, 200))
  }
  return undefined
}

/**
 * Moves a slider many times, as a drag does, and times each: until React has committed, and until the frame is
 * painted. The event is sent inside a frame callback, so no waiting for the next frame is counted.
 */
export async function measureSliderFrames(moves: number): Promise<{ commit: number; painted: number }[]> {
  const slider = document.querySelector<HTMLInputElement>('input.slider')
  const curve = document.querySelector('.live-layer path[d]')
  const dot = document.querySelector('.map-live')
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  if (!slider || !curve || !dot || !setValue) throw new Error('no slider, curve or live dot on the page')
  const halfWidth = Number(slider.max)
  const times: { commit: number; painted: number }[] = []
  for (let i = 0; i < moves + 10; i++) {
    const value = halfWidth * Math.sin(0.3 * (i + 1))
    const time = await new Promise<{ commit: number; painted: number }>((done, fail) => {
      requestAnimationFrame(() => {
        const before = `${curve.getAttribute('d')}${dot.getAttribute('transform')}`
        const start = performance.now()
        setValue.call(slider, String(value))
        slider.dispatchEvent(new Event('input', { bubbles: true }))
        let commit = NaN
        queueMicrotask(() =>
          queueMicrotask(() => {
            commit = performance.now() - start
            if (`${curve.getAttribute('d')}${dot.getAttribute('transform')}` === before)
              fail(new Error('the slider moved and the page did not'))
          }),
        )
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => done({ commit, painted: performance.now() - start })
        port2.postMessage(null)
      })
    })
    if (i >= 10) times.push(time)
  }
  return times
}

/** Presses Play; time until the page tells of a step [ms]. Runs in the page. */
export function timeToFirstStep(): Promise<number> {
  const controls = document.querySelector('.train-controls')
  const play = [...(controls?.querySelectorAll('button') ?? [])].find((each) => each.textContent === 'Play')
  if (!controls || !play) throw new Error('no Play on the page')
  return new Promise((done) => {
    const start = performance.now()
    const seen = new MutationObserver(() => {
      if (!/step [1-9]\S* of|ms\/step/.test(controls.textContent ?? '')) return
      seen.disconnect()
      done(performance.now() - start)
    })
    seen.observe(controls, { subtree: true, childList: true, characterData: true, attributes: true })
    play.click()
  })
}
