import type { Loadable } from '../../../core/loadable.ts'
import type { LearnedMap } from '../analysis/map/learned-map.ts'
import type { MapEvents } from '../analysis/map/map-events.ts'
import type { MultiTopIntent } from '../intent.ts'
import type { ShownTsne } from '../model.ts'
import { tsneSpace } from './tsne-effect.ts'

/** Where events stand: by t-SNE once there is a map of them in the space that is chosen, else along its first two components. @returns [events, 2] */
export function shownPlaces(
  { layout, space }: Pick<MultiTopIntent, 'layout' | 'space'>,
  events: MapEvents,
  eventsKey: string | undefined,
  { value }: Loadable<ShownTsne>,
  learned: Loadable<LearnedMap>,
): { layout: 'pca' | 'tsne'; space: 'input' | 'learned'; xy: Float64Array } {
  const own = space === 'learned' && learned.status === 'ready' ? learned.value : undefined
  const shown = own ? 'learned' : 'input'
  if (layout === 'tsne' && value && value.events === tsneSpace(shown, eventsKey, learned.key))
    return { layout: 'tsne', space: shown, xy: value.map }
  const { components, componentCount } = own ?? events
  return {
    ...{ layout: 'pca', space: shown },
    xy: Float64Array.from(
      { length: 2 * events.events },
      (_, at) => components[(at >> 1) * componentCount + (at & 1)],
    ),
  }
}
