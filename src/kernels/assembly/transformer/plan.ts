// Sizes, and where everything lies: the binding lays memory out (transformer-memory.ts) and writes addresses here.

export let tokens: i32 = 0
/** Tokens and width rounded up to fours; heads times the head dimension rounded up; hidden units. */
export let rows: i32 = 0
export let width: i32 = 0
export let attended: i32 = 0
export let hidden: i32 = 0
export let heads: i32 = 0
export let headSize: i32 = 0
export let blocks: i32 = 0
export let classes: i32 = 0
/** 1 / width without the padding; 1 where a column is none, else 0. */
export let perColumn: f32 = 0
export let columnMask: usize = 0
/** From a parameter to its gradient [bytes]. */
export let toGradient: usize = 0
let addresses: usize = 0
let blockAddresses: usize = 0

/** Words of the plan, as transformer-memory.ts writes them. */
export function configure(plan: usize): void {
  tokens = load<i32>(plan)
  rows = (tokens + 3) & ~3
  const columns = load<i32>(plan, 4)
  width = (columns + 3) & ~3
  perColumn = <f32>1 / <f32>columns
  heads = load<i32>(plan, 8)
  headSize = (columns / heads + 3) & ~3
  attended = heads * headSize
  hidden = 4 * columns
  blocks = load<i32>(plan, 12)
  classes = load<i32>(plan, 16)
  toGradient = load<u32>(plan, 20)
  columnMask = load<u32>(plan, 24)
  addresses = plan + 28
  blockAddresses = addresses + (COMMON << 2)
}

/** Addresses that there are once. */
export const EMBEDDING: i32 = 0
export const EMBEDDING_BIAS: i32 = 1
export const MASK: i32 = 2
export const NORM_GAIN: i32 = 3
export const NORM_BIAS: i32 = 4
export const CLASSES: i32 = 5
export const CLASSES_BIAS: i32 = 6
export const RECONSTRUCTION: i32 = 7
export const RECONSTRUCTION_BIAS: i32 = 8
export const STREAM: i32 = 9
export const OUT: i32 = 10
export const OUT_NORMALISED: i32 = 11
export const OUT_DEVIATION: i32 = 12
export const LOGITS: i32 = 13
export const D_STREAM: i32 = 14
export const D_ROWS: i32 = 15
export const D_HIDDEN: i32 = 16
export const D_QKV: i32 = 17
export const D_MIXED: i32 = 18
export const KEY_VALUES: i32 = 19
export const D_KEY_VALUES: i32 = 20
export const SCORES: i32 = 21
export const COMMON: i32 = 22

/** Addresses of each block. */
export const GAIN_1: i32 = 0
export const BIAS_1: i32 = 1
export const QKV: i32 = 2
export const QKV_BIAS: i32 = 3
export const OUTPUT: i32 = 4
export const OUTPUT_BIAS: i32 = 5
export const GAIN_2: i32 = 6
export const BIAS_2: i32 = 7
export const HIDDEN: i32 = 8
export const HIDDEN_BIAS: i32 = 9
export const PROJECT: i32 = 10
export const PROJECT_BIAS: i32 = 11
export const QKV_TRANSPOSED: i32 = 12
export const OUTPUT_TRANSPOSED: i32 = 13
export const HIDDEN_TRANSPOSED: i32 = 14
export const PROJECT_TRANSPOSED: i32 = 15
export const ENTERING_1: i32 = 16
export const NORMALISED_1: i32 = 17
export const DEVIATION_1: i32 = 18
export const QKV_ROWS: i32 = 19
export const ATTENTION: i32 = 20
export const SUMS: i32 = 21
export const MIXED: i32 = 22
export const ENTERING_2: i32 = 23
export const NORMALISED_2: i32 = 24
export const DEVIATION_2: i32 = 25
export const ACTIVATED: i32 = 26
export const SLOPES: i32 = 27
const PER_BLOCK: i32 = 28

// @ts-ignore: decorator
@inline
export function at(which: i32): usize {
  return load<u32>(addresses + (<usize>which << 2))
}

// @ts-ignore: decorator
@inline
export function ofBlock(block: i32, which: i32): usize {
  return load<u32>(blockAddresses + (<usize>(block * PER_BLOCK + which) << 2))
}
