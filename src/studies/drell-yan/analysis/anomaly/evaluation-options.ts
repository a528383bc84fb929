import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'

export interface EvaluationOptions {
  seed: number
  order: EftOrder
  /** Universes that "known" is made of. */
  gallery: number
  /** Spectra without and, per class, with an anomaly. */
  background: number
  anomalies: number
  /** Ids of the classes wanted; all by default. */
  classes?: string[]
}

export const evaluationDefaults = { seed: 920_001, gallery: 1000, background: 10_000, anomalies: 2000 }

/** Replicas in a row that share a universe, among test spectra: drawing universes costs more than drawing noise. */
export const perUniverse = 4

/** Score of the shipped Dirichlet prior network, where there is one. */
export const priorNetworkId = 'dpn-knowledge'
