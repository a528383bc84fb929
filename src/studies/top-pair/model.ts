import type { StudyContext } from '../../core/study.ts'
import type { StudyStore } from '../../core/study-store.ts'
import type { FitJobs } from './analysis/fit/fit-jobs.ts'
import type { TopPairIntent } from './intent.ts'
import type { FitState } from './state/fit-state.ts'

/** What is made of the intent, or read from files. */
export interface TopPairResults {
  fit: FitState
}

/** The types of what this study keeps and asks for. */
export interface TopPairModel {
  intent: TopPairIntent
  state: TopPairResults
  jobs: { ml: FitJobs }
}

export type TopPairContext = StudyContext<TopPairModel>

export type TopPairStore = StudyStore<TopPairIntent, TopPairResults>
