// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { failed, idle, ready, running } from '../../core/loadable.ts'
import { AnswerState } from './AnswerState.tsx'
import { panelState } from './panel-state.ts'

afterEach(cleanup)

const error = { code: 'data/not-found' as const, message: 'gone', context: {} }
const onRetry = () => undefined

it('says how far it is, or why it failed with a way to try again, and nothing where it is there', () => {
  const { container, rerender } = render(<AnswerState answer={running(idle, 'Counting', 0.4)} />)
  expect(screen.getByRole('progressbar', { name: 'Counting' })).toBeTruthy()
  expect(container.textContent).toContain('40')
  rerender(<AnswerState answer={failed(idle, error)} onRetry={onRetry} />)
  expect(screen.getByRole('alert').textContent).toContain('gone')
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
  rerender(<AnswerState answer={ready(1)} />)
  expect(container.textContent).toBe('')
})

it.each([
  ['a first answer under way', running(idle, 'Counting', 0.4), { kind: 'loading', fraction: 0.4 }],
  ['a newer answer under way', running(ready(1), 'Counting'), { kind: 'partial', message: 'Counting' }],
  ['a failure', failed(idle, error), { kind: 'error', error, onRetry, keepContent: false }],
  ['a failure beside an answer', failed(ready(1), error), { kind: 'error', keepContent: true }],
  ['an answer', ready(1), { kind: 'ready' }],
])('a panel of %s', (_, answer, state) => {
  expect(panelState(answer, onRetry)).toMatchObject(state)
})
