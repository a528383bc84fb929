import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { defaultIntent } from './app/links/default-intent.ts'
import { laterDropFiles } from './app/later-drop-files.ts'
import { startLinkSync } from './app/links/link-sync.ts'
import { leaveLink } from './app/links/leave-link.ts'
import { createLinks, type OpenedLink } from './app/links/links.ts'
import { createTellLacking } from './app/links/tell-lacking.ts'
import { startOffline } from './app/offline.ts'
import { createPlatform } from './app/platform.ts'
import './app/theme.css'
import './app/shell.css'
import { studyViews } from './app/study-views.tsx'
import { createAppActions } from './core/app-actions.ts'
import type { AppIntent } from './core/app-state.ts'
import { createAppStore } from './core/app-store.ts'
import { frontOf } from './core/front.ts'
import type { NotCarried } from './core/not-carried.ts'
import { createOpenStudies } from './core/open-studies.ts'
import { studies } from './studies/studies.ts'
import { ShellContext } from './ui/shell-context.tsx'

async function start(): Promise<void> {
  const host = document.getElementById('root')
  if (!host) throw new Error('index.html has no #root')
  const platform = createPlatform(window, (kind, text) =>
    kind === 'newer' ? actions.notSaved(text) : actions.notify('warning', text),
  )
  const links = createLinks(studies, platform)
  const parts = Object.fromEntries(studies.map(({ id, emptyState }) => [id, emptyState]))
  const store = createAppStore(defaultIntent(studies), parts)
  const actions = createAppActions(store)

  async function address(intent: AppIntent, lacks?: readonly NotCarried[]): Promise<string> {
    const { study } = frontOf(intent, studies)
    const { origin, pathname } = window.location
    const hashes = study.hashes?.(store.getState().parts[study.id])
    return `${origin}${pathname}${await links.write(intent, hashes, lacks)}`
  }
  /** What the page shows, as a link, and what of it the link cannot hold. */
  async function shared(): Promise<{ link: string; lacks: readonly NotCarried[] }> {
    const { intent, parts } = store.getState()
    const { study } = frontOf(intent, studies)
    const lacks = (await study.notCarried?.(parts[study.id], intent.studies[study.id])) ?? []
    return { link: await address(intent, lacks), lacks }
  }
  const open = createOpenStudies(studies, store, actions, platform, address)

  /** Its chunks are on their way while the rest is put together. */
  function fetchView(intent: AppIntent): void {
    const { study } = frontOf(intent, studies)
    void study.views[intent.view]?.load().catch(() => undefined)
    void open.open(study.id).catch(() => undefined)
  }
  if (window.location.hash.length <= 1) fetchView(store.getState().intent)

  const first = await links.read(window.location.hash)
  store.setState({ intent: first.intent })
  const tellLacking = createTellLacking(studies, store, actions, open)
  function opened(link: OpenedLink): void {
    const { study } = frontOf(store.getState().intent, studies)
    void study.compareHashes?.(open.context(study.id), link.hashes, leaveLink(store, actions, studies))
    void tellLacking(link)
  }
  const sync = startLinkSync(store, actions, links, opened)
  if (import.meta.env.PROD) startOffline(store, studies, './offline.js')
  opened(first)
  for (const message of first.messages) actions.notify('warning', message)
  const ports = { studies, store, actions, open, platform, links, opened }
  const openBundle = async (file: File) =>
    (await import('./app/bundle/open-bundle.ts')).openBundle(file, ports)
  const drop = laterDropFiles(actions, async () =>
    (await import('./app/drop-files.ts')).createDropFiles(
      studies,
      store,
      actions,
      open,
      sync.open,
      openBundle,
      platform,
    ),
  )
  const saveBundle = async () => (await import('./app/bundle/save-bundle.ts')).saveBundle(ports)
  createRoot(host).render(
    <ShellContext value={{ store, actions, drop }}>
      <App {...{ studies, open, shared, drop, saveBundle }} views={studyViews(studies, open)} />
    </ShellContext>,
  )
}

void start()
