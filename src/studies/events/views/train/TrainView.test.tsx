// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { createMemoryRecords } from '../../../../core/record-store.ts'
import { eventsDefaults } from '../../default-intent.ts'
import { eventsPage } from '../../../../testing/events-page.tsx'
import { servedSources } from '../../../../testing/served-sources.ts'
import { beingPatient } from '../../../../testing/patience.ts'
import { drawnOn } from '../../../../testing/drawn-on.ts'

drawnOn(400, 400)
beforeEach(servedSources)

beingPatient()
const long = { timeout: 15_000 }
const training = { ...eventsDefaults.training, encoder: 'deep-set' as const, latentDim: 3 }

it('an encoder is trained, exported, put on the map, kept, and laid beside others', async () => {
  const records = new Map<string, ReturnType<typeof createMemoryRecords<never>>>()
  const platform = {
    records: (name: string) => {
      const store = records.get(name) ?? createMemoryRecords<never>()
      records.set(name, store)
      return store
    },
  }
  const intent = { perSet: 4, model: 'linear-2', training, trainTab: 'card' as const }
  const { context, show } = eventsPage('train', intent, platform)
  const state = () => context.store.getState()
  await screen.findByText(/The map has no card/, {}, long)
  await waitFor(() => expect(state().map.status).toBe('ready'), long)
  fireEvent.click(screen.getByRole('button', { name: 'Play' }))
  await waitFor(() => expect(state().training.status).toBe('finished'), long)

  fireEvent.click(screen.getByRole('button', { name: /^Use step \d+ on the map/ }))
  await waitFor(() => expect(state().intent.model).toMatch(/^trained-seed1-step6-[0-9a-f]{12}$/), long)
  const id = state().intent.model!
  await waitFor(() => expect(state().map.value?.encoder.id).toBe(id), long)
  expect(state().map.value?.card?.dataset.id).toBe('gluinos')
  // Its three axes are turned in place of the map.
  show('explore')
  fireEvent.click(await screen.findByRole('button', { name: 'Tour in 3-D' }, long))
  await screen.findByTestId('tour', {}, long)
  fireEvent.click(screen.getByRole('button', { name: 'Next view' }))
  await waitFor(() => expect(state().intent.tour?.plane).toHaveLength(6), long)
  fireEvent.click(screen.getByRole('button', { name: 'Back to the map' }))
  show('train')
  await screen.findByRole('article', { name: /deep set, pair loss, 3-D/ }, long)

  fireEvent.click(screen.getByRole('tab', { name: 'Beside the limit' }))
  expect(screen.getByRole('button', { name: `Measure ${id}` })).toBeDefined()
  cleanup()

  // A later visit has it, and compares it with the shipped one: that takes sets of ten.
  const compare = { ...eventsDefaults.compare, maps: ['shown', id, 'events-gluinos-2d', 'nobody'] }
  const later = eventsPage('compare', { perSet: 4, model: 'linear-2', compare }, platform)
  await waitFor(() => expect(later.context.store.getState().compared.status).toBe('ready'), long)
  const { value } = later.context.store.getState().compared
  expect(value?.maps.map((map) => map.id)).toEqual(['shown', id, 'events-gluinos-2d'])
  expect(value?.failures.map((failure) => failure.error.message)).toEqual([
    expect.stringContaining('There is no encoder "nobody" here'),
  ])
})
