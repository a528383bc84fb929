import { studyHooks } from '../../../../ui/study-context.tsx'
import type { BlobsParts } from '../open.ts'

/** What views of this study act with, and the parts of its state that they draw. */
export const { useStudy: useBlobs, useStudyState: useBlobsState, viewOf } = studyHooks<BlobsParts>()
