// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import type { HiddenEvent } from '../../analysis/interpret/hidden-event.ts'
import { eventToken, objectScalars, objectToken, plainTokens } from '../../analysis/tokens/token-layout.ts'
import { HiddenNumbers } from './HiddenNumbers.tsx'

const raw = Float32Array.from({ length: plainTokens }, (_, token) => token + 0.5)
const filled = new Uint8Array(plainTokens)
for (const scalar of objectScalars) filled[objectToken(4, scalar)] = 1
const events = { raw, filled, tokens: plainTokens }
const jetPt = objectToken(4, 'pt')
const jet = objectScalars.map((scalar) => objectToken(4, scalar))

afterEach(cleanup)

function answerOf(hidden: readonly number[]): HiddenEvent {
  return {
    ...{
      event: 0,
      hidden,
      moved: [],
      model: 'small',
      classes: [],
      heldOut: true,
      entropy: 0.5,
      attention: new Float64Array(0),
    },
    ...{ probabilities: new Float64Array(5), whole: new Float64Array(5) },
    reconstruction: new Float64Array(plainTokens).fill(77),
    ...{ spread: new Float64Array(plainTokens).fill(6), compared: new Uint32Array(plainTokens) },
    ...{ blocks: 1, heads: 1, objects: 17 },
  }
}

it('hides a number, all of an object, and shows them again', () => {
  const onChange = vi.fn()
  const draw = (hidden: readonly number[]) => (
    <HiddenNumbers {...{ events, event: 0, hidden, answer: answerOf(hidden), onChange }} />
  )
  const { rerender } = render(draw([]))
  // Only the jet that is there, and the four numbers of the event.
  expect(screen.getAllByRole('button')).toHaveLength(7 + 4)
  fireEvent.click(screen.getByRole('button', { name: /^hide pT of jet 1/ }))
  expect(onChange).toHaveBeenLastCalledWith([jetPt])
  fireEvent.click(screen.getByRole('button', { name: 'hide jet 1' }))
  expect(onChange).toHaveBeenLastCalledWith(jet)
  rerender(draw(jet))
  expect(screen.getByRole('button', { name: 'hide jet 1', pressed: true })).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'hide jet 1' }))
  expect(onChange).toHaveBeenLastCalledWith([])
  fireEvent.click(screen.getByRole('button', { name: /^hide MET/ }))
  expect(onChange).toHaveBeenLastCalledWith([...jet, eventToken('met')])
})

it('puts the answer in place of what is hidden, and none of another question', () => {
  const props = { events, event: 0, hidden: [jetPt], onChange: vi.fn() }
  const { rerender } = render(<HiddenNumbers {...props} answer={answerOf([jetPt])} />)
  expect(screen.getByRole('button', { name: /^hide pT of jet 1/, pressed: true }).textContent).toMatch(
    /24\.5.*77.*± 6/,
  )
  rerender(<HiddenNumbers {...props} answer={answerOf([])} />)
  expect(screen.queryByText(/± 6/)).toBeNull()
})
