import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import type { AppPage } from './pages/app-page.ts'

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

/** What axe is asked: every criterion of WCAG 2.2 A and AA that it knows, or those alone that a colour decides. */
const rules = {
  all: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  colours: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
} as const

/**
 * axe finds nothing on what the page shows. It has no frames, so axe need not put theirs together, for which each time
 * it opens another page and loads itself there. Its script stays on a page, and only of faults it says where they are: of
 * the thousands of elements that pass it took two fifths of the time.
 */
export async function expectNoAxeFaults({ page }: AppPage, asked: keyof typeof rules = 'all'): Promise<void> {
  expect(page.frames()).toHaveLength(1)
  // Colours on their way from one theme to the other have no contrast of their own.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((each) => each instanceof CSSTransition)
        .map((each) => each.finished.catch(() => undefined)),
    ),
  )
  const there = await page.evaluate(() => 'axe' in window)
  const { type, values } = rules[asked]
  const { violations } = await new AxeBuilder({ page, ...(there ? { axeSource: 'window.axe.version' } : {}) })
    .setLegacyMode(true)
    .options({ runOnly: { type, values: [...values] }, resultTypes: ['violations'] })
    .analyze()
  const found = violations.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 3).map(({ html }) => html)
    return `${id}: ${help}: ${where.join(' ')}`
  })
  expect(found).toEqual([])
}

/**
 * The same in both themes, wide and narrow, where nothing scrolls sideways either. Every criterion is asked once of each
 * theme and of each width; those of colours, the only ones that a theme decides, of all four.
 */
export async function expectAccessible(app: AppPage): Promise<void> {
  for (const size of sizes)
    for (const colorScheme of ['light', 'dark'] as const)
      await test.step(`axe, ${size.width} px, ${colorScheme}`, async () => {
        await app.page.setViewportSize(size)
        await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        const whole = (size === sizes[0]) === (colorScheme === 'light')
        await expectNoAxeFaults(app, whole ? 'all' : 'colours')
        expect(await app.sidewaysScroll()).toBeLessThanOrEqual(0)
      })
}
