import { createProduct, slotOf, type Make } from '../../../core/product.ts'
import type { DistanceRequest, PairDistances } from '../analysis/distances/distance-report.ts'
import type { SetSizePoint, SetSizeRequest } from '../analysis/distances/set-size-curve.ts'
import type { TwinRequest, TwinTest } from '../analysis/twin-test.ts'
import type { EventsContext } from '../model.ts'
import type { CurveOfPair } from './events-state.ts'

/** What is asked of pairs of models; answers grow pair by pair and size by size. */
export function createPairActions({ store, jobs }: EventsContext) {
  // Networks of pairs take minutes: a worker of their own, so that the map does not wait for them.
  const compute = jobs('compute')
  return {
    distances: createProduct(slotOf(store, 'distances')),
    networks: createProduct(slotOf(store, 'networks')),
    askDistances(request: DistanceRequest): Make<PairDistances[]> {
      return async ({ signal, tell }) => {
        const found: PairDistances[] = []
        const { pairs } = await compute.run('distances', request, {
          signal,
          onProgress: (event) => {
            if (event.kind === 'stage') return tell(() => ({ label: event.label, fraction: event.fraction }))
            found.push(event.pair)
            const value = [...found]
            tell(() => ({ value }))
          },
        }).promise
        return pairs
      }
    },
    curve: createProduct(slotOf(store, 'curve')),
    askCurve(request: SetSizeRequest): Make<CurveOfPair> {
      const [a, b] = request.pair.map((place) => request.models[place]?.id ?? '')
      return async ({ signal, tell }) => {
        const found: SetSizePoint[] = []
        const { points } = await compute.run('set-size-curve', request, {
          signal,
          onProgress: (event) => {
            if (event.kind === 'stage') return tell(() => ({ label: event.label, fraction: event.fraction }))
            found.push(event.point)
            const value: CurveOfPair = { pair: [a, b], points: [...found] }
            tell(() => ({ value }))
          },
        }).promise
        return { pair: [a, b], points }
      }
    },
    twins: createProduct(slotOf(store, 'twins')),
    askTwins(request: TwinRequest): Make<TwinTest> {
      return (making) => compute.run('twin-test', request, making).promise
    },
  }
}
