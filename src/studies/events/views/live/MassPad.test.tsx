// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { drawn, drawnElements } from '../../../../testing/svg-parts.ts'
import { MassPad, onPad } from './MassPad.tsx'

afterEach(cleanup)

const pad = (onMove = vi.fn(), onSettle = vi.fn()) => (
  <MassPad {...{ mGluino: 1600, deltaM: 760, onMove, onSettle }} models={[{ mGluino: 600, deltaM: 20 }]} />
)

it('draws gluino mass across and the mass difference upwards', () => {
  const elements = drawnElements(pad())
  expect(drawn(elements, '.pad-model')[0].at).toMatchObject({ cx: '0', cy: '220' })
  // Numbers of both axes stand where their masses are: 1000 GeV a fifth across, 1500 GeV on top.
  const numbers = elements.map(({ text }) => text)
  expect(numbers).toEqual(
    expect.arrayContaining(['1000', '2500', '500', '1500', 'gluino mass [GeV]', 'Δm [GeV]']),
  )
  // Half of both ranges.
  expect(drawn(elements, '.pad-handle')[0].at).toMatchObject({ cx: '110', cy: '110' })
})

it('moves by arrow keys, and keeps a neutralino', () => {
  const [onMove, onSettle] = [vi.fn(), vi.fn()]
  render(pad(onMove, onSettle))
  const field = screen.getByRole('application')
  fireEvent.keyDown(field, { key: 'ArrowRight', shiftKey: true })
  fireEvent.keyDown(field, { key: 'ArrowDown' })
  fireEvent.keyUp(field, { key: 'ArrowDown' })
  expect(onMove.mock.calls).toEqual([[{ mGluino: 1700, deltaM: 760 }], [{ mGluino: 1600, deltaM: 750 }]])
  expect(onSettle).toHaveBeenCalled()
  expect(onPad({ mGluino: 900, deltaM: 2000 })).toEqual({ mGluino: 900, deltaM: 899 })
  expect(onPad({ mGluino: 0, deltaM: 0 })).toEqual({ mGluino: 600, deltaM: 20 })
})
