// What a core gives at most: the register tile of tiles.ts over data that stays in the first-level cache, nothing
// else. For the benchmark only; not part of the engine's module.

import { allocate } from './arena'
import { PLAIN, multiply } from './tiles'

const room = allocate(16384)

/** `times` products of [4 x 128] with one panel [128 x 8]: 8192 operations each. */
export function ceiling(times: i32): void {
  for (; times > 0; times--) multiply(PLAIN, 4, 128, 128, 8, room, 512, room + 2048, room + 8192, 0, 0)
}
