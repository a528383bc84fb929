// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { createMemoryCheckpointStore } from '../../../core/checkpoint-store.ts'
import type { Verb } from '../../../core/verbs.ts'
import { nearestOthers, neighbourLists } from '../../../numerics/neighbour-lists.ts'
import { servedSources } from '../../served-sources.ts'
import { drawnOn } from '../../drawn-on.ts'
import { studyPage } from '../../study-page.tsx'
import { blobsDefaults } from './default-intent.ts'
import { blobs } from './study.ts'

drawnOn(400, 400)
beforeEach(servedSources)

const page = (view: Verb, focus: number | null = null) =>
  studyPage(blobs, { ...blobsDefaults, perClass: 20, focus }, view, createMemoryCheckpointStore())

const shown = () =>
  screen.getAllByRole('region', { name: /^Map \d: / }).map((map) => map.getAttribute('aria-label'))

it('Compare lays two maps side by side, and says which neighbours each keeps', async () => {
  const { context } = page('compare', 7)
  await screen.findByRole('region', { name: 'Map 2: x1-x2' }, { timeout: 5000 })
  const value = context.store.getState().points.value!
  const on = (place: (i: number) => [number, number]) =>
    nearestOthers(Array.from({ length: 60 }, (_, i) => place(i)).flat(), 60, 2, 7, 10).map(({ row }) => row)
  const reference = on((i) => [Math.fround(value.xy[2 * i]), Math.fround(value.xy[2 * i + 1])])
  const other = on((i) => [Math.fround(value.values[4 * i]), Math.fround(value.values[4 * i + 1])])
  const kept = reference.filter((row) => other.includes(row))
  const panel = screen.getByRole('region', { name: 'Neighbours on x1-x2' })
  expect(panel.textContent).toContain(`x1-x2: ${kept.length} of 10 kept`)
  const lost = reference.filter((row) => !other.includes(row))
  for (const row of lost) expect(within(panel).getByLabelText(`Focus Point ${row}`)).toBeTruthy()

  // One map more, and one selection on all of them: the whole of the first one, by its corners.
  expect(screen.queryByRole('option', { name: 'trained' })).toBeNull()
  fireEvent.click(screen.getByLabelText('align (Procrustes)'))
  expect(context.store.getState().intent.compare).toMatchObject({ maps: ['pca', 'x1-x2'], align: false })
  fireEvent.click(within(panel).getAllByRole('button')[0])
  expect(context.store.getState().intent.focus).not.toBe(7)
})

it('what was trained stands beside the other maps, on the same points', async () => {
  const { context, show } = page('train')
  fireEvent.click(await screen.findByText('Play', { selector: 'button' }, { timeout: 5000 }))
  const training = () => context.store.getState().training
  await waitFor(() => expect(training().status).toBe('finished'), { timeout: 30_000 })
  show('compare')
  const add = await screen.findByLabelText('Add', {}, { timeout: 5000 })
  fireEvent.change(add, { target: { value: 'trained' } })
  await screen.findByRole('region', { name: 'Map 3: trained' })
  expect(shown()).toEqual(['Map 1: pca', 'Map 2: x1-x2', 'Map 3: trained'])
  const compared = context.store.getState().compared.value!
  expect(compared.maps[2].xy).toEqual(training().moments.at(-1)?.latent)
  // Trained to keep classes apart: of a point's neighbours there, more are of its class than at the start.
  const { kind } = context.store.getState().points.value!
  const purity = (neighbours: Int32Array) =>
    neighbours.filter((other, i) => kind[other] === kind[Math.floor(i / 10)]).length / neighbours.length
  const start = purity(neighbourLists(training().moments[0].latent, 60, 2, 10))
  expect(purity(compared.maps[2].neighbours)).toBeGreaterThan(start + 0.05)
}, 60_000)
