import { expect, type Locator, type Page } from '@playwright/test'
import { readLink, type LinkIntent } from '../../src/testing/links.ts'

export interface Place {
  x: number
  y: number
}

/** The app as a person meets it; everything is found by role and name where there is one. */
export class AppPage {
  readonly page: Page
  /** The Explore view; carries what is open as data attributes. */
  readonly explore: Locator
  readonly map: Locator
  readonly alert: Locator
  readonly toasts: Locator
  readonly dataset: Locator

  constructor(page: Page) {
    this.page = page
    this.explore = page.getByTestId('explore')
    this.map = page.getByRole('application', { name: /Map of/ })
    this.alert = page.getByRole('alert')
    this.toasts = page.locator('.toast')
    this.dataset = page.getByRole('combobox', { name: 'Dataset', exact: true })
  }

  async open(hash = ''): Promise<void> {
    await this.page.goto(`./${hash}`)
  }

  /** Opens and waits until all rows are on the map and the spectrum is drawn. */
  async openReady(hash = ''): Promise<void> {
    await this.open(hash)
    await this.ready()
    await expect(this.liveCurve()).toHaveAttribute('d', /M/)
  }

  /** Waits until exact spectra have taken the place of the preview: nothing is on its way any more. */
  async ready(): Promise<void> {
    await expect(this.explore).toHaveAttribute('data-tier', 'exact', { timeout: 40_000 })
  }

  nav(view: 'Explore' | 'Compare' | 'Interpret' | 'Train' | 'Fit' | 'Data'): Locator {
    return this.page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view })
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  tool(name: 'Pan' | 'Lasso' | 'Box' | 'Vertices'): Locator {
    return this.page.getByRole('radio', { name })
  }

  tab(name: 'Coefficients' | 'Point' | 'Neighbours' | 'Measurement'): Locator {
    return this.page.getByRole('tablist', { name: 'Inspector' }).getByRole('tab', { name })
  }

  slider(operator: string): Locator {
    return this.page.getByRole('slider', { name: operator, exact: true })
  }

  async setCoefficient(operator: string, value: number): Promise<void> {
    const field = this.page.getByRole('textbox', { name: `${operator} value` })
    await field.fill(String(value))
    await field.press('Enter')
  }

  /** Curve under the sliders, in the upper panel. */
  liveCurve(): Locator {
    return this.page.locator('.live-layer path[d]').first()
  }

  /** Paths of the live universe: spectrum and ratio to the SM. */
  async livePaths(): Promise<{ spectrum: string; ratio: string }> {
    const [spectrum, ratio] = await this.page
      .locator('.live-layer > path')
      .evaluateAll((paths) => paths.map((path) => path.getAttribute('d') ?? ''))
    return { spectrum, ratio }
  }

  /** Place of the live dot within the map [CSS pixels]. */
  async livePlace(): Promise<Place> {
    const transform = await this.page.locator('.map-live').getAttribute('transform')
    const [, x, y] = /translate\(([-\d.e]+) ([-\d.e]+)\)/.exec(transform ?? '') ?? []
    return { x: Number(x), y: Number(y) }
  }

  async mapBox(): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await this.map.boundingBox()
    if (!box) throw new Error('the map has no box')
    return box
  }

  async points(): Promise<number> {
    return Number(await this.explore.getAttribute('data-points'))
  }

  async selected(): Promise<number> {
    return Number((await this.explore.getAttribute('data-selected')) ?? 0)
  }

  /** Distinct colours in the picture of the points alone: a blank canvas has one. */
  async mapColours(): Promise<number> {
    const dress = (visibility: string) =>
      this.page.evaluate((value) => {
        for (const element of document.querySelectorAll<HTMLElement>('.map-overlay, .map-zoom'))
          element.style.visibility = value
      }, visibility)
    await dress('hidden')
    const png = await this.map.screenshot()
    await dress('')
    return this.page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const canvas = new OffscreenCanvas(picture.width, picture.height)
      const context = canvas.getContext('2d')
      if (!context) throw new Error('no 2-D canvas')
      context.drawImage(picture, 0, 0)
      const { data } = context.getImageData(0, 0, picture.width, picture.height)
      const colours = new Set<number>()
      for (let i = 0; i < data.length; i += 4) colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2])
      return colours.size
    }, png.toString('base64'))
  }

  /** Presses Share and returns the hash that it made. */
  async share(): Promise<string> {
    await this.button('Share').click()
    await expect(this.toasts.filter({ hasText: /Link copied|address bar/ }).last()).toBeVisible()
    return new URL(this.page.url()).hash
  }

  /** Drops files anywhere on the page, or on a part of it. */
  async drop(files: { name: string; bytes: Uint8Array }[], on = '.app'): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      (list) => {
        const data = new DataTransfer()
        for (const { name, base64 } of list)
          data.items.add(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], name))
        return data
      },
      // Millions of numbers in a list would take Playwright most of a minute.
      files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') })),
    )
    await this.page.locator(on).dispatchEvent('drop', { dataTransfer: transfer })
  }

  /** No part of the page is wider than the window. */
  async sidewaysScroll(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  }
}

/** What a link says; fails the test if it cannot be read. */
export async function intentOf(hash: string): Promise<LinkIntent> {
  const decoded = await readLink(hash)
  if (!decoded.ok) throw decoded.error
  expect(decoded.notes).toEqual([])
  return decoded.intent
}
