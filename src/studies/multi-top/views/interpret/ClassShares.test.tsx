// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { HiddenEvent } from '../../analysis/interpret/hidden-event.ts'
import { ClassShares } from './ClassShares.tsx'

afterEach(cleanup)

const answer = (classes: readonly string[], probabilities: number[]): HiddenEvent => ({
  ...{ event: 0, hidden: [], moved: [], model: 'small', classes, heldOut: true, entropy: 0.5 },
  ...{ probabilities: Float64Array.from(probabilities), whole: Float64Array.from(probabilities) },
  ...{ reconstruction: new Float64Array(0), spread: new Float64Array(0), compared: new Uint32Array(0) },
  ...{ attention: new Float64Array(0), blocks: 1, heads: 1, objects: 17 },
})

it('tells the classes that the transformer knows, be they of tops or of two processes', () => {
  render(<ClassShares answer={answer(['tth', 'ttz'], [0.6, 0.4])} truth={0} />)
  expect(screen.getAllByRole('rowheader').map((cell) => cell.textContent)).toEqual(['tt̄H', 'tt̄Z'])
  cleanup()
  const tops = [0, 1, 2, 3, 4].map((count) => `multitop-${count}t`)
  render(<ClassShares answer={answer(tops, [0.1, 0.2, 0.3, 0.2, 0.2])} truth={2} />)
  expect(screen.getAllByRole('rowheader')).toHaveLength(5)
  expect(screen.getByText('2 tops', { selector: 'strong' })).toBeTruthy()
})
