import { noLesson } from '../core/learn.ts'
import { createAppActions } from '../core/app-actions.ts'
import { createAppStore } from '../core/app-store.ts'
import type { CheckpointStore } from '../core/checkpoint-store.ts'
import { createOpenStudies } from '../core/open-studies.ts'
import type { Platform } from '../core/platform.ts'
import { createMemoryProducts } from '../core/product-store.ts'
import { createMemoryRecords } from '../core/record-store.ts'
import type { Study, StudyContext, StudyParts } from '../core/study.ts'
import { createTabLocks } from '../core/tab-locks.ts'
import type { Verb } from '../core/verbs.ts'
import { memoryLocks } from './memory-locks.ts'

/** What a tab remembers over its reloads. */
export function memoryTab(): Platform['tab'] {
  const items = new Map<string, string>()
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  }
}

/** A page without workers and with storage of this run alone. */
export function smallPlatform(checkpoints: CheckpointStore, instead: Partial<Platform> = {}): Platform {
  return {
    spawn: (script) => {
      throw new Error(`a test spawns no ${script} worker`)
    },
    records: () => createMemoryRecords(),
    checkpoints,
    products: () => createMemoryProducts(),
    tab: memoryTab(),
    locks: createTabLocks(memoryLocks()),
    page: 'https://x/',
    cores: 2,
    now: () => Date.UTC(2026, 0, 2),
    guard: () => undefined,
    ...instead,
  }
}

/** The store with one study in it, seen by the shell and by the study. */
export function smallPage<P extends StudyParts>(
  study: Study<P>,
  intent: P['intent'],
  view: Verb,
  checkpoints: CheckpointStore,
  jobs?: StudyContext<P>['jobs'],
  instead: Partial<Platform> = {},
) {
  const { id, emptyState } = study
  const intents = { view, study: id, studies: { [id]: intent }, learn: noLesson }
  const appStore = createAppStore(intents, { [id]: emptyState })
  const shell = createAppActions(appStore)
  const platform = smallPlatform(checkpoints, instead)
  const open = createOpenStudies([study], appStore, shell, platform, async () => '#')
  const context = { ...(open.context(id) as StudyContext<P>), ...(jobs && { jobs }) }
  return { appStore, shell, platform, context, open }
}
