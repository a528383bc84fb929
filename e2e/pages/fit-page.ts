import type { Locator, Page } from '@playwright/test'
import { defaultLinkIntent, linkTo } from '../../src/testing/links.ts'
import type { FitIntent } from '../../src/studies/top-pair/intent.ts'

/** A link to a fit of few events, epochs and live points: what it finds is coarse, every stage is real. */
export function smallFit(changes: Partial<FitIntent> = {}): Promise<string> {
  return linkTo({ view: 'fit', fit: { ...smallSetup, ...changes } })
}

export const smallSetup: FitIntent = {
  ...defaultLinkIntent.fit,
  // Not what the page begins with: files and numbers of the tests are of this cut.
  ...{ mttMinGeV: 700, truth: { td8: 0.45, tq8: -0.65 } },
  ...{ preset: 'parton', replicas: 1, networks: 'trained' },
  trainingPoints: 6000,
  epochs: 4,
  observedEvents: 600,
  livePoints: 100,
}

/** The Fit view. */
export class FitPage {
  readonly page: Page
  readonly tiles: Locator
  readonly status: Locator

  constructor(page: Page) {
    this.page = page
    this.tiles = page.getByRole('list', { name: 'Ratio networks' }).getByRole('button')
    this.status = this.run.getByRole('status')
  }

  get run(): Locator {
    return this.page.getByRole('group', { name: 'Run', exact: true })
  }

  button(name: string | RegExp): Locator {
    return this.run.getByRole('button', { name })
  }

  stage(title: string): Locator {
    return this.page
      .getByRole('list', { name: 'Stages' })
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`^\\W*${title}`) })
  }

  /** Begins one stage alone. */
  begin(
    name: 'Prepare the data' | 'Train the networks' | 'Run binned alone' | 'Run exact alone',
  ): Promise<void> {
    return this.page.getByRole('button', { name, exact: true }).click()
  }

  panel(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }
}
