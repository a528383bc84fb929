/** Events as a transformer takes them: one number a token. */
export interface TokenEvents {
  readonly events: number
  /** Tokens of an event. */
  readonly tokens: number
  /** [events, tokens] standardised; 0 where the slot is empty */
  readonly values: Float32Array
  /** [events, tokens] 1 where an object or the event itself has the number, 0 where the slot is empty */
  readonly filled: Uint8Array
  /** [events] class, from 0 */
  readonly labels: Uint8Array
  /** [events] not negative */
  readonly weights: Float32Array
}

/** Some events for one step, in memory that the next call of the same source may reuse. */
export interface TokenBatch {
  readonly rows: number
  readonly values: Float32Array // [rows, tokens]
  readonly filled: Uint8Array // [rows, tokens]
  /** [rows, tokens] 1 where the number is hidden from the network; drawn over all tokens, filled or not */
  readonly masked: Uint8Array
  readonly labels: Uint8Array // [rows]
  readonly weights: Float32Array // [rows]
}

/** Batches that depend on nothing but the source and what is asked for, so that a training goes on to the byte. */
export interface TokenBatchSource {
  readonly tokens: number
  readonly classes: number
  readonly events: number
  /** Batches of so many events in an epoch; a rest that fills none is left to another epoch. At least one. */
  batchesOf(rows: number): number
  /**
   * @param epoch  from 0: order and masks are new in each
   * @param index  from 0 to before batchesOf(rows)
   */
  batch(epoch: number, index: number, rows: number): TokenBatch
}
