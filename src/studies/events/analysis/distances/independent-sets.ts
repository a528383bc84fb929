import type { Rng } from '../../../../numerics/rng.ts'
import type { ModelEvents } from '../models.ts'
import { drawSets } from '../sets.ts'

/** Blocks of events of which sets are formed, where there are events enough. */
const mostBlocks = 20

/** Times that the events of a block are put into sets. */
const redraws = 4

export interface IndependentSets {
  /** [sets, perSet] events, those of a block one after the other */
  places: Uint32Array
  sets: number
  /** Sets of a block: these share events, those of different blocks do not. */
  together: number
}

/**
 * Sets for an area under a curve: every event is in several, so that chance in putting them together averages out, and
 * all sets of an event are of one block, so that the error can be taken from the blocks.
 *
 * @param indices  events, at least one set of them
 * @throws AppError 'input/invalid' where there are fewer events than a set has
 */
export function independentSets(
  model: Pick<ModelEvents, 'features'>,
  indices: Uint32Array,
  perSet: number,
  rng: Rng,
): IndependentSets {
  const blocks = Math.max(1, Math.min(mostBlocks, Math.floor(indices.length / perSet)))
  const perBlock = Math.floor(indices.length / blocks)
  // One event is a set of its own: there is nothing to put together.
  const together = Math.floor(perBlock / perSet) * (perSet === 1 ? 1 : redraws)
  const drawn = Array.from({ length: blocks }, (_, block) =>
    drawSets({
      model,
      indices: indices.slice(block * perBlock, (block + 1) * perBlock),
      sets: together,
      perSet,
      rng: rng.split(`block-${block}`),
    }),
  )
  const places = new Uint32Array(blocks * together * perSet)
  drawn.forEach((own, block) => places.set(own, block * together * perSet))
  return { places, sets: blocks * together, together }
}
