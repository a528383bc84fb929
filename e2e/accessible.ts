import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import type { AppPage } from './pages/app-page.ts'

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

/**
 * axe finds nothing on what the page shows. It has no frames, so axe need not put theirs together, for which each time
 * it opens another page and loads itself there: half of the seconds.
 */
export async function expectNoAxeFaults({ page }: AppPage): Promise<void> {
  expect(page.frames()).toHaveLength(1)
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = violations.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 3).map(({ html }) => html)
    return `${id}: ${help}: ${where.join(' ')}`
  })
  expect(found).toEqual([])
}

/** The same in both themes, wide and narrow, where nothing scrolls sideways either. */
export async function expectAccessible(app: AppPage): Promise<void> {
  for (const size of sizes)
    for (const colorScheme of ['light', 'dark'] as const)
      await test.step(`axe, ${size.width} px, ${colorScheme}`, async () => {
        await app.page.setViewportSize(size)
        await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await expectNoAxeFaults(app)
        expect(await app.sidewaysScroll()).toBeLessThanOrEqual(0)
      })
}
