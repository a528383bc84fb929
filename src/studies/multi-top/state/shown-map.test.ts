import { expect, it } from 'vitest'
import { toyClass } from '../../../testing/small-multi-top.ts'
import { eventsOnMap } from '../analysis/map/map-events.ts'
import { multiTopDefaults } from '../default-intent.ts'
import { emptyMultiTop } from '../model.ts'
import { shownPlaces } from './shown-map.ts'
import { tsneKey } from './tsne-effect.ts'

const classes = [0, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 200, 5) }))
const events = eventsOnMap(classes, [['a'], ['b']], { perClass: 25, seed: 1 })
const intent = { ...multiTopDefaults, layout: 'tsne' as const, view: 'explore' as const }
const map = new Float64Array(100).fill(7)
const tsne = (of: string) => ({ status: 'ready', value: { events: of, map, kl: 1, purity: null } }) as const

it('events stand by t-SNE once there is a map of these events, else by their components', () => {
  expect(shownPlaces(intent, events, 'now', tsne('now'))).toEqual({ layout: 'tsne', xy: map })
  const before = shownPlaces(intent, events, 'now', tsne('before'))
  expect(before.layout).toBe('pca')
  expect(before.xy[3]).toBe(events.components[events.componentCount + 1])
  expect(shownPlaces({ layout: 'pca' }, events, 'now', tsne('now')).layout).toBe('pca')
})

it('t-SNE is asked for where it is chosen and its events are there, anew for each metric', () => {
  const there = { status: 'ready', key: 'now', value: events } as const
  const key = (own: object): string | null =>
    tsneKey({ ...emptyMultiTop, events: there, intent: { ...intent, ...own } })
  expect(key({ layout: 'pca' })).toBeNull()
  expect(tsneKey({ ...emptyMultiTop, intent })).toBeNull()
  expect(key({})).toBe(key({ focus: 3 }))
  expect(key({})).not.toBe(key({ metric: 'cosine' }))
})
