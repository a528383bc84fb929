import type { StudyContext } from '../../core/study.ts'
import type { DrellYanIntent } from './intent.ts'
import type { DrellYanComputeJobs, DrellYanMlJobs } from './jobs.ts'
import type { DrellYanResults } from './state/drell-yan-state.ts'

/** The types of what this study keeps and asks for. */
export interface DrellYanModel {
  intent: DrellYanIntent
  state: DrellYanResults
  jobs: { compute: DrellYanComputeJobs; ml: DrellYanMlJobs }
}

export type DrellYanContext = StudyContext<DrellYanModel>
