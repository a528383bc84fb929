// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { lazyPart } from './lazy-part.tsx'
import { PanelBoundary } from './PanelBoundary.tsx'

afterEach(cleanup)

it('says that a chunk did not come, and asks for it again when the panel is reloaded', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined) // React reports what the boundary caught
  const load = vi
    .fn<() => Promise<() => string>>()
    .mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'))
    .mockResolvedValue(() => 'the part')
  const Part = lazyPart(load, 'on its way')
  await act(async () => {
    render(
      <PanelBoundary title="Train">
        <Part />
      </PanelBoundary>,
    )
  })
  expect(screen.getByRole('alert').textContent).toContain('This part of the page could not be loaded')
  expect(load).toHaveBeenCalledTimes(1)
  await act(async () => {
    fireEvent.click(screen.getByText('Reload panel'))
  })
  expect(document.body.textContent).toBe('the part')
  expect(load).toHaveBeenCalledTimes(2)
  vi.restoreAllMocks()
})
