// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import { eventFile, mediatorFile } from '../../../../testing/event-files.ts'
import { eventsPage } from '../../../../testing/events-page.tsx'
import { servedSources } from '../../../../testing/served-sources.ts'
import { drawnOn } from '../../../../testing/drawn-on.ts'

vi.mock('../../../../ui/plots/plotly.ts', async () => import('../../../../testing/fake-plotly.ts'))

drawnOn(400, 400)
beforeEach(servedSources)

const long = { timeout: 6000 }
const drop = (label: string, ...files: File[]) =>
  fireEvent.change(screen.getByLabelText(label), { target: { files } })

it('names models that stand for all and the loneliest, and shows these alone', async () => {
  const intent = { dataset: 'events-files', perSet: 4, tab: 'benchmarks' as const, representatives: 2 }
  const { context, show } = eventsPage('data', intent)
  await screen.findByLabelText('Files of events', {}, long)
  drop('Files of events', eventFile('soft.csv', 150), eventFile('alike.csv', 155), eventFile('hard.csv', 900))
  await waitFor(() => expect(context.store.getState().map.status).toBe('ready'), long)
  show('interpret')
  await screen.findByText(/stand for all 3 models best/, {}, long)
  const gaps = screen.getByRole('region', { name: 'Each model and its nearest' })
  expect(within(gaps).getAllByRole('row')[1].textContent).toMatch(/^hard/)
  fireEvent.click(screen.getByRole('button', { name: 'Only these on the map' }))
  const { hidden } = context.store.getState().intent
  expect(hidden).toEqual([expect.stringMatching(/^(soft|alike)-/)])
})

it('gives the exact ratio of two models at the events of a dropped file, anew for other models', async () => {
  const { context } = eventsPage('interpret', { dataset: 'dark-matter', perSet: 4, tab: 'event-ratio' })
  await screen.findByLabelText('Les Houches file', {}, long)
  drop('Les Houches file', mediatorFile())
  await screen.findByText(/^one\.lhe: 1 events, 1 of which both models make/, {}, long)
  const ratios = () => context.store.getState().ratios
  const first = ratios().value?.events[0].ratio
  fireEvent.change(screen.getByLabelText('Numerator'), { target: { value: 'vector-m500' } })
  await waitFor(() => expect(ratios()).toMatchObject({ status: 'ready', value: { b: 'vector-m500' } }), long)
  expect(ratios().value?.events[0].ratio).toBe(1)
  expect(first).not.toBe(1)

  drop('Les Houches file', new File(['no events'], 'bad.lhe'))
  await screen.findByText(/bad\.lhe/, {}, long)
})
