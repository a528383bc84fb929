import { createProduct, slotOf } from '../../../core/product.ts'
import type { EventsContext } from '../model.ts'
import { liveModelOf } from './live-model.ts'
import type { EventsState, LiveOnMap } from './events-state.ts'
import type { EventsIntent } from '../intent.ts'

/** Events of a live model that are to pass the selection. */
export const liveEventCount = 2000

/** Keeps the live model in step with its sliders and with the encoder of the map: the latest wins, the one before ends. */
export function startLiveEffect({ store, jobs }: EventsContext) {
  const product = createProduct(slotOf(store, 'live'))
  // A worker of its own: what else is asked of the map does not wait for it.
  const compute = jobs('compute')

  function keyOf({ intent, map }: { intent: EventsIntent } & Pick<EventsState, 'map'>): string | null {
    const model = liveModelOf(intent)
    if (!model || map.status !== 'ready' || map.value?.dataset !== intent.dataset) return null
    return JSON.stringify([model, map.value.encoder.id, map.value.perSet, intent.seed])
  }

  function follow(): void {
    const state = store.getState()
    const key = keyOf(state)
    const { value: map } = state.map
    const model = liveModelOf(state.intent)
    if (key === null || !map || !model) {
      // While the map is made anew what is known of the model stays.
      if (!model) product.clear()
      return
    }
    const { encoder, perSet } = map
    const onMap = (news: LiveOnMap['news']): LiveOnMap => ({ model, perSet, news })
    void product.ensure(key, 'Generating events', async ({ signal, tell }) => {
      const request = { model, encoder, seed: state.intent.seed, events: liveEventCount }
      const news = await compute.run('live-model', request, {
        signal,
        onProgress: (now) => tell(() => ({ value: onMap(now), fraction: now.selected / liveEventCount })),
      }).promise
      return onMap(news)
    })
  }

  store.subscribe((state) => `${keyOf(state)} ${state.intent.live.on}`, follow)
  follow()
  let warming = false
  return {
    /** Somebody is about to ask for a live model: what it needs is loaded meanwhile. */
    warm(): void {
      if (warming) return
      warming = true
      // Where that fails, the model itself says why.
      compute.run('warm-live', null).promise.catch(() => (warming = false))
    },
  }
}
