import { expect, it } from 'vitest'
import { idle } from '../../../core/loadable.ts'
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
  expect(shownPlaces(intent, events, 'now', tsne('now'), idle)).toEqual({
    ...{ layout: 'tsne', space: 'input', xy: map },
  })
  const before = shownPlaces(intent, events, 'now', tsne('before'), idle)
  expect(before.layout).toBe('pca')
  expect(before.xy[3]).toBe(events.components[events.componentCount + 1])
  const byComponents = { layout: 'pca', space: 'input' } as const
  expect(shownPlaces(byComponents, events, 'now', tsne('now'), idle).layout).toBe('pca')
})

it('in the learned space they stand by its components once it is there, and by t-SNE of that space alone', () => {
  const half = { value: 0.5, error: 0.1 }
  const alike = { input: half, learned: half, gain: half }
  const components = Float32Array.from({ length: 150 }, (_, k) => k)
  const value = {
    model: 'm',
    title: 'm',
    heldOut: true,
    components,
    componentCount: 3,
    axes: events.axes,
    purity: { euclidean: alike, cosine: alike, manhattan: alike },
    neighbours: 15,
  }
  const learned = { status: 'ready', key: 'model', value } as const
  const asked = { ...intent, space: 'learned' as const }
  expect(shownPlaces(asked, events, 'now', tsne('now'), idle).space).toBe('input')
  const shown = shownPlaces(asked, events, 'now', tsne('now'), learned)
  expect([shown.layout, shown.space, ...shown.xy.slice(0, 4)]).toEqual(['pca', 'learned', 0, 1, 3, 4])
  expect(shownPlaces(asked, events, 'now', tsne('learned model'), learned).layout).toBe('tsne')
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
