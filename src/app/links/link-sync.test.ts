// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { beingPatient, eventually } from '../../testing/patience.ts'
import { createAppActions } from '../../core/app-actions.ts'
import { createAppStore } from '../../core/app-store.ts'
import { createMemoryCheckpointStore } from '../../core/checkpoint-store.ts'
import { smallPlatform } from '../../testing/small-page.ts'
import { studies } from '../../studies/studies.ts'
import { defaultIntent } from './default-intent.ts'
import { startLinkSync } from './link-sync.ts'
import { createLinks, type OpenedLink } from './links.ts'

const listeners: [string, EventListener][] = []
beingPatient()
beforeEach(() => {
  // A page that is left here writes no address into the next test; `eventually` moves the clock.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  window.history.replaceState(null, '', '#')
  const add = window.addEventListener.bind(window)
  vi.spyOn(window, 'addEventListener').mockImplementation(
    (name: string, listener: EventListenerOrEventListenerObject) => {
      listeners.push([name, listener as EventListener])
      add(name, listener)
    },
  )
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  // The page itself never stops listening; the next test must not be heard by this one.
  for (const [name, listener] of listeners.splice(0)) window.removeEventListener(name, listener)
})

/** A page without views whose address follows it. */
function page({ sync: synced = true } = {}) {
  const links = createLinks(studies, smallPlatform(createMemoryCheckpointStore()))
  const parts = Object.fromEntries(studies.map(({ id, emptyState }) => [id, emptyState]))
  const store = createAppStore(defaultIntent(studies), parts)
  const actions = createAppActions(store)
  const opened = vi.fn()
  const sync = synced ? startLinkSync(store, actions, links, opened) : null
  const intent = () => store.getState().intent
  const notices = () => store.getState().notices.map(({ text }) => text)
  return { links, store, actions, opened, sync, intent, notices }
}

/** The browser's own change of the address: Back, Forward, or a link that was pasted. */
function come(hash: string): void {
  window.history.replaceState(null, '', hash)
  window.dispatchEvent(new Event('popstate'))
}

const address = () => window.location.hash

it('writes the address once it is quiet: a new entry for another view, the same for another setting', async () => {
  const { actions, intent, links } = page()
  const [replaced, pushed] = (['replaceState', 'pushState'] as const).map((name) =>
    vi.spyOn(window.history, name),
  )
  for (const c of [0.1, 0.2, 0.3]) actions.changeStudy('drell-yan', { coefficients: { cHe: c } }, 'drag')
  expect(address()).toBe('')
  await eventually(async () => expect(address()).toBe(await links.write(intent())))
  expect([replaced, pushed].map(({ mock }) => mock.calls.length)).toEqual([1, 0])
  actions.go('data')
  await eventually(() => expect(address()).toContain('view=data'))
  expect([replaced, pushed].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
})

it('an address that comes is what is shown, and is told', async () => {
  const { links, intent, opened, actions } = page()
  const before = intent()
  come(await links.write({ ...before, view: 'train' }))
  await eventually(() => expect(opened).toHaveBeenCalledOnce())
  expect(intent().view).toBe('train')
  // A link that is followed is a step that can be undone.
  actions.undo()
  expect(intent().view).toBe(before.view)
})

it('an address that cannot be read changes nothing but a message', async () => {
  const { intent, opened, notices } = page()
  const before = intent()
  come('#v=2&k=00000000&g=1&view=train')
  await eventually(() => expect(notices()).toHaveLength(1))
  expect(intent()).toBe(before)
  expect(opened).not.toHaveBeenCalled()
})

it('of two addresses in quick succession the later one counts', async () => {
  const { links, intent, opened } = page()
  const [first, second] = await Promise.all(
    (['train', 'compare'] as const).map((view) => links.write({ ...intent(), view })),
  )
  come(first)
  come(second)
  await eventually(() => expect(intent().view).toBe('compare'))
  expect(address()).toBe(second)
  expect(opened).toHaveBeenCalledOnce()
})

it('of entries with the same address only the last is followed, in whatever order they are read', async () => {
  const { links, intent, opened, store, actions } = page({ sync: false })
  const [train, data] = await Promise.all(
    (['train', 'data'] as const).map((view) => links.write({ ...intent(), view })),
  )
  const read = new Map(
    await Promise.all([train, data].map(async (hash) => [hash, await links.read(hash)] as const)),
  )
  const finish: (() => Promise<void>)[] = []
  const slow = {
    ...links,
    read: (hash: string) =>
      new Promise<OpenedLink>((resolve) => {
        finish.push(async () => {
          resolve(read.get(hash)!)
          await vi.advanceTimersByTimeAsync(0)
        })
      }),
  }
  startLinkSync(store, actions, slow, opened)
  for (const hash of [train, data, train]) come(hash)
  await finish[0]()
  come(data)
  for (const end of finish.slice(1)) await end()
  expect(intent().view).toBe('data')
  expect(opened).toHaveBeenCalledOnce()
  expect(address()).toBe(data)
})

it('opens a link again where the address says it already but the page has moved on', async () => {
  const { links, intent, sync, actions } = page()
  const link = await links.write({ ...intent(), view: 'train' })
  sync?.open(link)
  await eventually(() => expect(intent().view).toBe('train'))
  actions.go('data')
  sync?.open(link)
  await eventually(() => expect(intent().view).toBe('train'))
})

it('who goes to another view while an address is being read stays there, and the address follows', async () => {
  const { links, intent, opened, actions } = page()
  const pushed = vi.spyOn(window.history, 'pushState')
  come(await links.write({ ...intent(), view: 'train' }))
  actions.go('data')
  await eventually(() => expect(address()).toContain('view=data'))
  expect(intent().view).toBe('data')
  expect(opened).not.toHaveBeenCalled()
  expect(pushed).toHaveBeenCalledOnce()
})
