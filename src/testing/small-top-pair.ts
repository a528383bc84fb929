import { createMemoryCheckpointStore, type CheckpointStore } from '../core/checkpoint-store.ts'
import type { Platform } from '../core/platform.ts'
import type { FitJobs } from '../studies/top-pair/analysis/fit/fit-jobs.ts'
import { topPairDefaults } from '../studies/top-pair/default-intent.ts'
import type { FitIntent } from '../studies/top-pair/intent.ts'
import { topPair } from '../studies/top-pair/study.ts'
import { fakeJobs, type Asked } from './fake-jobs.ts'
import { smallPage } from './small-page.ts'

/** A job of this study that was asked for. */
export type AskedJob<K extends keyof FitJobs = keyof FitJobs> = Asked<FitJobs, K>

/** One network per term, trained in the page: what a test asks for unless it is about those that are shipped. */
const trainedHere = { networks: 'trained', replicas: 1 } as const

/** The study of top pairs over jobs that the test does itself, in two workers. */
export function smallTopPair(
  patch: Partial<FitIntent> = {},
  checkpoints: CheckpointStore = createMemoryCheckpointStore(),
  instead: Partial<Platform> = {},
) {
  const fit = fakeJobs<FitJobs>()
  const intent = { ...topPairDefaults, fit: { ...topPairDefaults.fit, ...trainedHere, ...patch } }
  const page = smallPage(topPair, intent, 'fit', checkpoints, () => fit as never, instead)
  const notices = () => page.appStore.getState().notices
  return { ...page, fit, notices, store: page.context.store }
}
