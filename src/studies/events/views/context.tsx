import { studyHooks } from '../../../ui/study-context.tsx'
import type { EventsParts } from '../open.ts'

/** What views of this study act with, and the parts of its state that they draw. */
export const { useStudy: useEvents, useStudyState: useEventsState } = studyHooks<EventsParts>()
