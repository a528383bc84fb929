// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import { eventsPage } from '../../../../testing/events-page.tsx'
import { servedSources } from '../../../../testing/served-sources.ts'
import { drawnOn } from '../../../../testing/drawn-on.ts'

drawnOn(400, 400)
beforeEach(() => {
  servedSources()
  const sources = fetch
  vi.stubGlobal('fetch', (url: URL | string, options?: RequestInit) => {
    const [file] = /samples\/[\w-]+\.json$/.exec(String(url)) ?? []
    return file ? Promise.resolve(new Response(readFileSync(`public/${file}`))) : sources(url, options)
  })
})

const long = { timeout: 4000 }

it('lists the samples with cross-section and acceptance, and changes encoder and sets', async () => {
  const { context } = eventsPage('data', { perSet: 4 })
  const table = await screen.findByRole('region', { name: 'Samples of Gluinos' }, long)
  await waitFor(() => expect(within(table).getAllByRole('row')).toHaveLength(10), long)
  const row = within(table).getByRole('row', { name: /^1000, Δm 50 / })
  expect(row.textContent).toMatch(/0\.22011 ± 0\.00014.*28\.0/)
  expect(screen.getByText(/no hadrons, no underlying event/)).toBeDefined()

  const state = () => context.store.getState()
  fireEvent.change(await screen.findByLabelText('Encoder', {}, long), { target: { value: 'linear-2' } })
  await waitFor(() => expect(state().map.value?.encoder.id).toBe('linear-2'), long)
  const field = screen.getByLabelText(/^events per set/)
  fireEvent.change(field, { target: { value: '5' } })
  fireEvent.blur(field)
  await waitFor(() => expect(state().map.value?.perSet).toBe(5), long)
})
