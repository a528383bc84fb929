import type { AnomalyEvaluation } from '../analysis/anomaly/evaluate.ts'
import type { KnownUniverses } from '../analysis/anomaly/known-universes.ts'
import type { RetrievalEvaluation } from '../analysis/retrieval/evaluate.ts'
import type { Recorded } from '../../../core/recorded.ts'
import { idle, type Loadable } from '../../../core/loadable.ts'

/** What a product was made for: another encoder or dataset makes it stale. */
export interface MadeFor {
  encoder: string
  encoderHash: string
  manifestHash: string
  /** Where it is shipped with the page. */
  recorded?: Recorded
}

/** Under it what was made is kept across visits. */
export const madeForKey = ({ encoderHash, manifestHash }: MadeFor): string =>
  JSON.stringify([encoderHash, manifestHash])

export interface AnomalyState {
  /** What "known" means for the open dataset on the open map. */
  known: Loadable<KnownUniverses & MadeFor>
  /** `missing`: why a score that belongs to it could not be had. */
  evaluation: Loadable<AnomalyEvaluation & MadeFor & { missing?: string }>
  retrieval: Loadable<RetrievalEvaluation & MadeFor>
}

export const emptyAnomaly: AnomalyState = { known: idle, evaluation: idle, retrieval: idle }

export function isFor(
  made: MadeFor,
  open: { encoder: { hash: string }; header: { manifestHash: string } },
): boolean {
  return made.encoderHash === open.encoder.hash && made.manifestHash === open.header.manifestHash
}
