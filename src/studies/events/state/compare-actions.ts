import { AppError, type PlainError } from '../../../errors.ts'
import { createProduct, slotOf, type Make } from '../../../core/product.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import { closedForms, type SetsToCompare } from '../analysis/compare-sets.ts'
import type { MapEncoder } from '../analysis/map-encoder.ts'
import type { EventsJobs } from '../jobs.ts'
import type { EventsContext } from '../model.ts'
import type { ComparedSets } from './events-state.ts'
import type { LoadEncoder } from './load-encoder.ts'

/** Maps of the same sets side by side: of the page, in closed form, and through encoders that are shipped or one's own. */
export function createCompareActions(
  { store }: EventsContext,
  compute: JobClient<EventsJobs>,
  loadEncoder: LoadEncoder,
) {
  return {
    compared: createProduct(slotOf(store, 'compared')),
    compare(request: Omit<SetsToCompare, 'encoders'>): Make<ComparedSets> {
      return async (making) => {
        const { ids, perSet } = request
        const encoders: MapEncoder[] = []
        const failures: { id: string; error: PlainError }[] = []
        for (const id of ids) {
          if (id === 'shown' || Object.hasOwn(closedForms, id)) continue
          try {
            const { encoder } = await loadEncoder(id, perSet, making.signal)
            encoders.push(ofSets(encoder, perSet))
          } catch (thrown) {
            const error = AppError.from(thrown)
            if (error.code === 'job/cancelled') throw error
            failures.push({ id, error: error.toPlain() })
          }
        }
        const { signal, onProgress } = making
        const made = await compute.run('compare-maps', { ...request, encoders }, { signal, onProgress })
          .promise
        return { ...made, failures }
      }
    },
  }
}

/** @throws AppError 'model/mismatch' for an encoder of sets of another size */
function ofSets(encoder: MapEncoder, perSet: number): MapEncoder {
  if (encoder.perSet === perSet) return encoder
  throw new AppError(
    'model/mismatch',
    `Encoder ${encoder.id} takes sets of ${encoder.perSet} events, the map has sets of ${perSet}. Put ${encoder.perSet} events into a set (Explore, Events per set), or choose a deep set.`,
    { model: encoder.id, takes: encoder.perSet, perSet },
  )
}
