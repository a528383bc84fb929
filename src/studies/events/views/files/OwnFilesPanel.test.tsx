// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { createMemoryRecords } from '../../../../core/record-store.ts'
import { eventFile } from '../../../../testing/event-files.ts'
import { eventsPage } from '../../../../testing/events-page.tsx'
import { servedSources } from '../../../../testing/served-sources.ts'
import { drawnOn } from '../../../../testing/drawn-on.ts'

drawnOn(400, 400)
beforeEach(servedSources)

const long = { timeout: 4000 }
const drop = (...files: File[]) =>
  fireEvent.change(screen.getByLabelText('Files of events'), { target: { files } })

it('files become the models of a dataset, by a channel, kept for the next visit; a bad one is told and the others stay', async () => {
  const records = createMemoryRecords<never>()
  const first = eventsPage('data', { dataset: 'events-files', perSet: 4 }, { records: () => records })
  await screen.findByText(/There are no files of yours here yet/, {}, long)
  drop(eventFile('soft.csv', 150), new File(['no event at all\n'], 'bad.csv'), eventFile('hard.csv', 400))
  const table = await screen.findByRole('region', { name: 'Files of this dataset' }, long)
  await screen.findByText(/^bad\.csv/, {}, long)
  const state = () => first.context.store.getState()
  await waitFor(() => expect(state().map.status).toBe('ready'), long)
  expect(state().map.value?.models.map(({ title, events }) => [title, events])).toEqual([
    ['hard', 300],
    ['soft', 300],
  ])
  expect(within(table).getAllByRole('row')).toHaveLength(3)

  fireEvent.change(screen.getByLabelText('Events that count (GeV)'), { target: { value: 'channel 3' } })
  await waitFor(() => expect(state().map.value?.models.map(({ events }) => events)).toEqual([240, 240]), long)
  cleanup()

  const { context } = eventsPage(
    'explore',
    { dataset: 'events-files', perSet: 4 },
    { records: () => records },
  )
  const view = await screen.findByTestId('events', {}, long)
  await waitFor(() => expect(view.dataset.points).toBe('40'), long)
  fireEvent.click(screen.getByRole('button', { name: 'Remove soft' }))
  await screen.findByText(/a map needs another to compare it with/, {}, long)
  expect(context.store.getState().map.value).toBeUndefined()
  expect(await records.all()).toHaveLength(1)
})

it('a file with too few events is left out, and says so', async () => {
  const { context } = eventsPage('train', { dataset: 'events-files', perSet: 4 })
  await screen.findByLabelText('Files of events', {}, long)
  drop(eventFile('a.csv', 100), eventFile('b.csv', 200), eventFile('few.csv', 300, 100))
  await waitFor(() => expect(context.store.getState().map.status).toBe('ready'), long)
  expect(context.store.getState().map.value?.leftOut).toEqual([
    expect.stringMatching(/^few has 100 events: .* so 200 in all/),
  ])
})
