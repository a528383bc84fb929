import { idle, type Loadable } from '../../../core/loadable.ts'
import type { StudyModel } from '../../../core/study.ts'
import type { EncoderRun } from '../../../core/training/encoder-trainings.ts'
import { emptyTraining } from '../../../core/training/training-run.ts'
import type { EncoderJobs } from '../../../ml/encoder-job.ts'
import type { ComparedMaps } from '../../../numerics/compared-maps.ts'
import type { BlobsToCompare } from './analysis/compare-blobs.ts'
import type { Blobs, BlobsRequest } from './analysis/draw-blobs.ts'
import type { BlobsIntent } from './intent.ts'

interface BlobsState {
  points: Loadable<Blobs>
  /** Points of a file, which links do not carry. */
  dropped: Float64Array // [n, 4]
  training: EncoderRun
  compared: Loadable<ComparedMaps>
}

export interface BlobsModel extends StudyModel {
  intent: BlobsIntent
  state: BlobsState
  jobs: {
    compute: {
      draw: { request: BlobsRequest; progress: never; result: Blobs }
      compare: { request: BlobsToCompare; progress: number; result: ComparedMaps }
    }
    ml: EncoderJobs
  }
}

export const noPoints: BlobsState = {
  ...{ points: idle, dropped: new Float64Array(0), training: emptyTraining, compared: idle },
}
