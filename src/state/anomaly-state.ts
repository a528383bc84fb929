import type { AnomalyEvaluation } from '../analysis/drell-yan/anomaly/evaluate.ts'
import type { KnownUniverses } from '../analysis/drell-yan/anomaly/known-universes.ts'
import type { RetrievalEvaluation } from '../analysis/drell-yan/retrieval/evaluate.ts'
import { idle, type Loadable } from './loadable.ts'

/** What a product was made for: another encoder or dataset makes it stale. */
export interface MadeFor {
  encoder: string
  encoderHash: string
  manifestHash: string
}

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
