// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import type { HiddenEvent } from '../../analysis/interpret/hidden-event.ts'
import { objectToken, plainTokens } from '../../analysis/tokens/token-layout.ts'
import { AttentionMatrix } from './AttentionMatrix.tsx'

afterEach(cleanup)

const filled = new Uint8Array(plainTokens)
for (const slot of [0, 4]) filled[objectToken(slot, 'pt')] = 1
const objects = 17
const attention = new Float64Array(2 * objects * objects)
const put = (head: number, from: number, to: number, share: number) => {
  attention[(head * objects + from) * objects + to] = share
}
put(1, 0, 4, 0.8)
put(1, 0, 16, 0.1)
put(1, 4, 0, 0.4)
put(1, 16, 16, 0.6)
const answer: HiddenEvent = {
  ...{ event: 0, hidden: [], moved: [], model: 'small', classes: [], heldOut: true, entropy: 0.5, attention },
  ...{ probabilities: new Float64Array(5), whole: new Float64Array(5) },
  ...{ reconstruction: new Float64Array(100), spread: new Float64Array(100), compared: new Uint32Array(100) },
  ...{ blocks: 1, heads: 2, objects },
}

it('draws a square for each pair of objects that are there, as dark as its share of the row', () => {
  const onHead = vi.fn()
  const events = { filled, tokens: plainTokens }
  const { container } = render(<AttentionMatrix {...{ events, answer, head: 1, onHead }} />)
  const cells = [...container.querySelectorAll('rect')]
  expect(cells).toHaveLength(9)
  const dark = cells.map((cell) => Number(cell.getAttribute('fill-opacity')))
  const expected = [0, 1, 0.125, 0.5, 0, 0, 0, 0, 0.75]
  dark.forEach((value, k) => expect(value).toBeCloseTo(expected[k], 12))
  expect(screen.getByRole('img').getAttribute('aria-label')).toMatch(
    /block 1, head 2.*b-jet 1 most at jet 1, 80.*; jet 1 most at b-jet 1, 40.*; event most at event, 60/,
  )
  // (.1 + .6 + .4) / 3 of the rows is in slots that are empty.
  expect(screen.getByText(/Empty slots, not drawn, have 37/)).toBeTruthy()
  fireEvent.change(screen.getByRole('combobox', { name: 'head' }), { target: { value: '0' } })
  expect(onHead).toHaveBeenCalledWith(0)
})
