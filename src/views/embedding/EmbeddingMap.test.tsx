// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'

import type { EmbeddingMapProps } from './EmbeddingMap.tsx'
import { EmbeddingMap } from './EmbeddingMap.tsx'

afterEach(cleanup)

const props: EmbeddingMapProps = {
  points: { x: Float32Array.of(0, 1, 5), y: Float32Array.of(0, 0.2, 0), count: 3, version: 0 },
  colours: { kind: 'class', index: Uint8Array.of(0, 1, 0), palette: ['#5790fc', '#f89c20'] },
  camera: null,
  onCameraChange: () => undefined,
  summary: 'Map of 3 points.',
}

it('walks from point to point with the arrow keys, tells the row, picks it with Enter, leaves with Esc', () => {
  const onPick = vi.fn()
  const onClear = vi.fn()
  render(
    <EmbeddingMap {...props} onPick={onPick} onClear={onClear} describeRow={(row) => `universe ${row}`} />,
  )
  const map = screen.getByRole('application', { name: 'Map of 3 points.' })
  // The camera stands at (2.5, 0.1): row 1 is nearest; to its right lies row 2.
  fireEvent.keyDown(map, { key: 'ArrowLeft' })
  expect(screen.getByText('universe 1')).toBeTruthy()
  fireEvent.keyDown(map, { key: 'Enter' })
  expect(onPick).toHaveBeenLastCalledWith(1)
  fireEvent.keyDown(map, { key: 'Escape' })
  expect(onClear).not.toHaveBeenCalled()
  fireEvent.keyDown(map, { key: 'Escape' })
  expect(onClear).toHaveBeenCalledOnce()
})

it('asks its owner for another camera and for everything', () => {
  const onCameraChange = vi.fn()
  render(<EmbeddingMap {...props} onCameraChange={onCameraChange} />)
  fireEvent.click(screen.getByRole('button', { name: 'Zoom in' }))
  expect(onCameraChange.mock.calls[0][0].halfSpan).toBeGreaterThan(0)
  fireEvent.keyDown(screen.getByRole('application'), { key: '0' })
  expect(onCameraChange).toHaveBeenLastCalledWith(null)
})
