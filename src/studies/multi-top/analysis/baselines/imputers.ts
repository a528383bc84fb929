import type { TokenBatch } from '../../../../ml/transformer/token-source.ts'

/** Guesses the masked scalars of events: [rows, tokens] standardised; what is not masked is not looked at. */
export type Imputer = (batch: TokenBatch) => Float32Array

/** The mean of each scalar over the events that have it, which is 0 once it is standardised. */
export const meanImputer: Imputer = ({ values }) => new Float32Array(values.length)
