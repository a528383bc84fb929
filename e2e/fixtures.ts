import { test as base, expect } from '@playwright/test'
import { AppPage } from './pages/app-page.ts'

interface Watch {
  /** Requests to any other origin than the page's own. */
  foreign: string[]
  /** Console errors, uncaught exceptions and violations of the content security policy. */
  faults: string[]
}

interface Fixtures {
  app: AppPage
  watch: Watch
  /** Console errors that a test provokes on purpose. */
  provoked: RegExp | undefined
}

/** Every test fails on an unexpected console error, a policy violation, or a request to another host. */
export const test = base.extend<Fixtures>({
  provoked: [undefined, { option: true }],
  watch: [
    async ({ page, context, baseURL, provoked }, provide) => {
      const watch: Watch = { foreign: [], faults: [] }
      const own = new URL(baseURL ?? '').hostname
      context.on('request', (request) => {
        const { protocol, hostname } = new URL(request.url())
        if (/^(https?|wss?):$/.test(protocol) && hostname !== own) watch.foreign.push(request.url())
      })
      const note = (text: string) => {
        if (!provoked?.test(text)) watch.faults.push(text)
      }
      const listen = (target: typeof page) => {
        target.on('console', (message) => message.type() === 'error' && note(message.text()))
        target.on('pageerror', (error) => note(`uncaught: ${error.message}`))
      }
      listen(page)
      context.on('page', listen)
      await context.addInitScript(() =>
        document.addEventListener('securitypolicyviolation', (event) =>
          console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`),
        ),
      )
      await provide(watch)
      expect(watch.foreign, 'requests to other hosts').toEqual([])
      expect(watch.faults, 'errors in the console').toEqual([])
    },
    { auto: true },
  ],
  app: async ({ page }, provide) => {
    await provide(new AppPage(page))
  },
})

export { expect }
