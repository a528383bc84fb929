import type { ComparedMaps } from '../../../numerics/compared-maps.ts'
import type { A4Comparison } from '../analysis/a4/a4-comparison.ts'
import type { CombinedReach } from '../analysis/a4/combined-reach.ts'
import type { DirectionsReport } from '../analysis/directions/directions-report.ts'
import type { Attribution } from '../analysis/directions/integrated-gradients.ts'
import type { PlainError } from '../../../errors.ts'
import type { Recorded } from '../../../core/recorded.ts'
import { idle, type Loadable } from '../../../core/loadable.ts'
import type { SubjectName } from './subject-name.ts'

/** Maps side by side; those that could not be loaded are told beside the others. */
export interface Comparison {
  compared: ComparedMaps | null
  failures: { id: string; error: PlainError }[]
  /** Where it is shipped with the page: shown while it is made. */
  recorded?: Recorded
}

/** Answers about latent spaces, each under the key of all that decides it. */
export interface LatentState {
  /** What they are about stands beside them: an answer of before is shown while a newer one is made. */
  comparison: Loadable<Comparison & { manifestHash: string }>
  directions: Loadable<{ report: DirectionsReport; manifestHash: string; encoderHash: string }>
  attribution: Loadable<{
    attribution: Attribution
    about: SubjectName
    manifestHash: string
    encoderHash: string
  }>
  /** A_4 of CMS beside the measured spectrum of a dataset. */
  a4: Loadable<{ comparison: A4Comparison; reach: CombinedReach; manifestHash: string }>
  /** Id of the encoder that was trained last from another seed, to stand beside the others. */
  anotherSeed: Loadable<string>
}

export const emptyLatent: LatentState = {
  ...{ comparison: idle, directions: idle, attribution: idle, a4: idle, anotherSeed: idle },
}
