import type { Loadable } from '../../../core/loadable.ts'
import type { MapEvents } from '../analysis/map/map-events.ts'
import type { MultiTopIntent } from '../intent.ts'
import type { ShownTsne } from '../model.ts'

/** Where events stand: by t-SNE once there is a map of these events, else along their first two components. @returns [events, 2] */
export function shownPlaces(
  { layout }: Pick<MultiTopIntent, 'layout'>,
  events: MapEvents,
  eventsKey: string | undefined,
  { value }: Loadable<ShownTsne>,
): { layout: 'pca' | 'tsne'; xy: Float64Array } {
  if (layout === 'tsne' && value && value.events === eventsKey) return { layout: 'tsne', xy: value.map }
  const { components, componentCount } = events
  return {
    layout: 'pca',
    xy: Float64Array.from(
      { length: 2 * events.events },
      (_, at) => components[(at >> 1) * componentCount + (at & 1)],
    ),
  }
}
