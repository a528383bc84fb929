// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { eventsPage } from '../../../../testing/events-page.tsx'
import { pick, press, set } from '../../../../testing/hands.ts'
import { beingPatient, eventually } from '../../../../testing/patience.ts'
import { servedSources } from '../../../../testing/served-sources.ts'
import { drawnOn } from '../../../../testing/drawn-on.ts'
import { eventsDefaults } from '../../default-intent.ts'
import type { EventsIntent } from '../../intent.ts'

beingPatient()
drawnOn(400, 400)
beforeEach(servedSources)

const titles = () =>
  screen.getAllByRole('region', { name: /^Map \d: / }).map((map) => map.getAttribute('aria-label'))

async function compare(patch: Partial<EventsIntent> = {}) {
  const settings = { ...eventsDefaults.compare, maps: ['shown', 'pca-2'] }
  const { context, asked } = eventsPage('compare', {
    ...{ dataset: 'gluinos', model: 'linear-2', perSet: 4, neighbours: 5, compare: settings },
    ...patch,
  })
  const state = () => context.store.getState()
  await eventually(() => expect(state().compared.status).toBe('ready'))
  return { context, state, asked }
}

it('lays the map of the page beside closed forms of the same sets, says what each keeps, takes one more and one less', async () => {
  const { state } = await compare()
  expect(titles()).toEqual(['Map 1: shown', 'Map 2: pca-2'])
  const { maps } = state().compared.value!
  expect(screen.getByText(/^Of the 5 nearest neighbours on shown/).textContent).toContain(
    `pca-2 keeps ${Math.round(100 * maps[1].meanKept)}`,
  )
  // Nine models of twenty sets, each at its place on either map.
  expect(maps.map(({ xy }) => xy.length)).toEqual([360, 360])
  expect(maps[0].xy).toEqual(state().map.value?.latent)

  await set('Add', 'met-ht')
  await eventually(() => expect(titles()).toEqual(['Map 1: shown', 'Map 2: pca-2', 'Map 3: met-ht']))
  await eventually(() => expect(state().compared.status).toBe('ready'))
  await press(/^(Remove|Take).*pca-2/)
  await eventually(() => expect(titles()).toEqual(['Map 1: shown', 'Map 2: met-ht']))
  expect(state().intent.compare.maps).toEqual(['shown', 'met-ht'])
  await set('Neighbours', '10')
  await eventually(() => expect(screen.getByText(/^Of the 10 nearest neighbours/)).toBeTruthy())
  await pick('neighbours kept')
  expect(state().intent.compare.colour).toBe('kept')
})

it('has one set in focus and one selection on all maps', async () => {
  const { state } = await compare({ focus: 3, selection: { kind: 'points', ids: [1, 2, 3, 4] } })
  const panel = screen.getByRole('region', { name: 'Neighbours on pca-2' })
  const [, kept] = /(\d) of 5 kept/.exec(panel.textContent ?? '') ?? []
  const listed = (label: string) =>
    [...panel.querySelectorAll('.compare-list')]
      .filter(({ textContent }) => textContent?.startsWith(label))
      .flatMap((list) => [...list.querySelectorAll('button')])
  expect(listed('kept')).toHaveLength(Number(kept))
  expect(listed('gained')).toHaveLength(5 - Number(kept))
  expect(listed('lost')).toHaveLength(5 - Number(kept))
  expect(screen.getByText(/^Selection of 4 sets: mean Jaccard index/)).toBeTruthy()
  await press('Clear selection')
  expect(state().intent.selection).toBeNull()
})

it('says which encoder cannot be laid beside the others, and draws the rest', async () => {
  const maps = ['shown', 'pca-2', 'nobody']
  await compare({ compare: { ...eventsDefaults.compare, maps } })
  expect(screen.getByRole('alert').textContent).toMatch(/nobody: There is no encoder "nobody" here/)
  expect(titles()).toEqual(['Map 1: shown', 'Map 2: pca-2'])
})
