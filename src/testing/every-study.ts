import type { Study } from '../core/study.ts'
import { studies } from '../studies/studies.ts'
import * as testStudies from './studies/studies.ts'

/** The shipped studies and those that only tests know. */
export const everyStudy: readonly Study[] = [...studies, ...Object.values<Study>(testStudies)]
