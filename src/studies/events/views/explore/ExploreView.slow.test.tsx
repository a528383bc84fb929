// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { eventsPage } from '../../../../testing/events-page.tsx'
import { servedSources } from '../../../../testing/served-sources.ts'
import { drawnOn } from '../../../../testing/drawn-on.ts'
import { modelCentres } from '../../state/set-neighbours.ts'

drawnOn(400, 400)
beforeEach(servedSources)

const long = { timeout: 8000 }

/** The view once all sets are on the map. */
async function ready() {
  const view = await screen.findByTestId('events', {}, long)
  await waitFor(() => expect(view.dataset.status).toBe('ready'), long)
  return view
}

it('draws sets of all models, shows the events of one and its neighbours, and hides a model', async () => {
  const { context } = eventsPage('explore')
  const view = await ready()
  expect(view.dataset.points).toBe('180')

  const map = screen.getByRole('application', { name: /Map/ })
  fireEvent.keyDown(map, { key: 'ArrowRight' })
  fireEvent.keyDown(map, { key: 'Enter' })
  const { focus } = context.store.getState().intent
  const card = await screen.findByRole('article', { name: `Set ${focus}` }, long)
  expect(within(card).getAllByRole('img', { name: /^MET/ })).toHaveLength(10)

  fireEvent.click(screen.getByRole('tab', { name: 'Neighbours' }))
  expect(screen.getAllByRole('button', { name: /, set \d+/ })).toHaveLength(10)
  fireEvent.click(screen.getByRole('radio', { name: 'Models' }))
  const value = context.store.getState().map.value!
  const own = value.model[focus!]
  const centres = modelCentres(value)
  const far = (m: number) =>
    Math.hypot(centres[2 * m] - centres[2 * own], centres[2 * m + 1] - centres[2 * own + 1])
  const nearest = value.ids.map((_, m) => m).filter((m) => m !== own)
  nearest.sort((a, b) => far(a) - far(b))
  const [, mass, dm] = /gluino-m(\d+)-dm(\d+)/.exec(value.ids[nearest[0]])!
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toContainEqual(
    expect.stringContaining(`1${mass}, Δm ${dm}`),
  )

  fireEvent.click(screen.getByLabelText('1000, Δm 50'))
  await waitFor(() => expect(view.dataset.points).toBe('160'))
})

it('another size of sets is drawn from the events that are here', async () => {
  const { asked, context } = eventsPage('explore')
  await ready()
  expect(asked).toEqual(['load-encoder', 'open-events'])
  fireEvent.change(screen.getByRole('slider', { name: /Events per set/ }), { target: { value: '4' } })
  await waitFor(() => {
    const { status, value } = context.store.getState().map
    expect([status, value?.perSet]).toEqual(['ready', 4])
  }, long)
  expect(asked).toEqual(['load-encoder', 'open-events', 'load-encoder', 'draw-map'])
})

it('events that nobody has are told, with the cure', async () => {
  eventsPage('explore', { dataset: 'squarks' })
  await screen.findByText(/There are no events called "squarks" here/, {}, long)
})
