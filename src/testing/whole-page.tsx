import { render } from '@testing-library/react'
import { vi } from 'vitest'
import { App } from '../app/App.tsx'
import { createDropFiles } from '../app/drop-files.ts'
import { defaultIntent } from '../app/links/default-intent.ts'
import { createLinks } from '../app/links/links.ts'
import { studyViews } from '../app/study-views.tsx'
import { createAppActions } from '../core/app-actions.ts'
import { createAppStore } from '../core/app-store.ts'
import { createMemoryCheckpointStore } from '../core/checkpoint-store.ts'
import { frontOf } from '../core/front.ts'
import { createOpenStudies } from '../core/open-studies.ts'
import { studies } from '../studies/studies.ts'
import { ShellContext } from '../ui/shell-context.tsx'
import { servedDrellYan, spawnDrellYan } from './drawn-drell-yan.tsx'
import { smallPlatform } from './small-page.ts'

/**
 * The page with its shell and the shipped studies, whose first dataset is a small one; put together as main.tsx does,
 * but for the address, which it leaves alone.
 */
export function wholePage() {
  servedDrellYan()
  const platform = smallPlatform(createMemoryCheckpointStore(), {
    spawn: spawnDrellYan,
  })
  const links = createLinks(studies, platform)
  const start = defaultIntent(studies)
  const drellYan = { ...start.studies['drell-yan'], model: 'pca-2' }
  const parts = Object.fromEntries(studies.map(({ id, emptyState }) => [id, emptyState]))
  const store = createAppStore({ ...start, studies: { ...start.studies, 'drell-yan': drellYan } }, parts)
  const actions = createAppActions(store)
  const open = createOpenStudies(studies, store, actions, platform, (intent) => links.write(intent))
  const openLink = vi.fn<(hash: string) => void>()
  const openBundle = vi.fn(async () => ({ finished: Promise.resolve() }))
  const saveBundle = vi.fn(async () => undefined)
  const drop = createDropFiles(studies, store, actions, open, openLink, openBundle, platform)
  async function shared() {
    const { intent, parts } = store.getState()
    const { study } = frontOf(intent, studies)
    const lacks = (await study.notCarried?.(parts[study.id], intent.studies[study.id])) ?? []
    return { link: await links.write(intent), lacks }
  }
  const drawn = render(
    <ShellContext value={{ store, actions, drop }}>
      <App {...{ studies, open, shared, drop, saveBundle }} views={studyViews(studies, open)} />
    </ShellContext>,
  )
  return { ...drawn, store, actions, open, links, openLink, openBundle, saveBundle }
}
