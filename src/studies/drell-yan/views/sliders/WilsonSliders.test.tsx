// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { operatorIndex, operatorNames } from '../../../../physics/smeft/operators.ts'
import { WilsonSliders } from './WilsonSliders.tsx'

afterEach(cleanup)

function setUp(changes: Partial<Parameters<typeof WilsonSliders>[0]> = {}) {
  const values = operatorNames.map(() => 0)
  values[operatorIndex('clq3')] = 0.01
  const spies = { onInput: vi.fn(), onCommit: vi.fn() }
  const props = {
    values,
    halfWidths: operatorNames.map(() => 0.5),
    order: 'quadratic' as const,
    ...spies,
    onOrderChange: vi.fn(),
    onResetAll: vi.fn(),
    ...changes,
  }
  render(<WilsonSliders {...props} />)
  return spies
}

it('shows all 17 sliders and reports every move with its index, unthrottled', () => {
  const { onInput, onCommit } = setUp()
  expect(screen.getAllByRole('slider')).toHaveLength(17)
  const slider = screen.getByRole('slider', { name: 'cHWB' })
  for (const value of ['0.1', '0.11', '0.12']) fireEvent.change(slider, { target: { value } })
  expect(onInput.mock.calls).toEqual([
    [0, 0.1],
    [0, 0.11],
    [0, 0.12],
  ])
  expect(onCommit).not.toHaveBeenCalled()
})

it('resets by double-click and steps by keys', () => {
  const { onInput, onCommit } = setUp()
  const slider = screen.getByRole('slider', { name: 'clq3' })
  fireEvent.doubleClick(slider)
  fireEvent.keyDown(slider, { key: 'ArrowRight' })
  const index = operatorIndex('clq3')
  expect(onInput.mock.calls).toEqual([
    [index, 0],
    [index, 0.02],
  ])
  expect(onCommit).toHaveBeenCalledTimes(2)
})

it('finds operators and says when nothing matches', () => {
  setUp()
  const search = screen.getByRole('searchbox')
  fireEvent.change(search, { target: { value: 'lepton vertex' } })
  expect(screen.getAllByRole('slider')).toHaveLength(3)
  fireEvent.change(search, { target: { value: 'axion' } })
  expect(screen.getByText(/No operator matches/)).toBeTruthy()
})

it('announces a negative linear spectrum', () => {
  setUp({ order: 'linear', negativeWarning: 'Linear cross-section negative in 3 of 42 bins.' })
  expect(screen.getByRole('status').textContent).toContain('negative in 3 of 42 bins')
})
