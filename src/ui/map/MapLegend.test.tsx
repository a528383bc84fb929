// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { MapLegend } from './MapLegend.tsx'

afterEach(cleanup)

it('shows each class in its colour and shape, and what rings are', () => {
  const entries = [
    { label: 'oblique', colour: '#5790fc', shape: 'disc' as const },
    { label: 'contact', colour: '#f89c20', shape: 'square' as const },
  ]
  const rings = { text: 'linear < 0', title: 'outside the validity' }
  const { container } = render(<MapLegend legend={{ kind: 'classes', entries }} rings={rings} />)
  const drawn = [...container.querySelectorAll('path')].map((path) =>
    ['fill', 'd'].map((name) => path.getAttribute(name)),
  )
  expect(drawn).toEqual([
    ['#5790fc', expect.stringContaining('a4.5 4.5')],
    ['#f89c20', 'M2 2h8v8H2z'],
  ])
  expect(screen.getByLabelText('Legend').textContent).toBe('obliquecontactring: linear < 0')
  expect(screen.getByTitle('outside the validity').querySelector('circle')?.getAttribute('fill')).toBe('none')
})

it('shows a ramp between its ends, or one sentence', () => {
  const ramp = { kind: 'ramp' as const, ramp: 'viridis' as const, low: '0', high: '5 σ', title: 'distance' }
  const { container, rerender } = render(<MapLegend legend={ramp} />)
  expect(container.textContent).toBe('distance 05 σ')
  expect(container.querySelector<HTMLElement>('.legend-ramp')?.style.background).toMatch(/^linear-gradient/)
  rerender(<MapLegend legend={{ kind: 'none', text: 'one colour' }} />)
  expect(container.textContent).toBe('one colour')
})

it('entries hide and bring back their class, and leave one alone, by keyboard too', () => {
  const onHide = vi.fn()
  const entry = (id: string, hidden = false) => ({
    id,
    label: id,
    colour: '#000',
    shape: 'disc' as const,
    hidden,
  })
  const show = (...hidden: string[]) => (
    <MapLegend
      legend={{ kind: 'classes', entries: ['a', 'b', 'c'].map((id) => entry(id, hidden.includes(id))) }}
      filter={{ onHide }}
    />
  )
  const { rerender } = render(show())
  const press = (name: string, init = {}) => {
    fireEvent.click(screen.getByRole('button', { name }), init)
    return onHide.mock.lastCall?.[0] as string[]
  }
  expect(press('b')).toEqual(['b'])
  expect(press('b', { altKey: true })).toEqual(['a', 'c'])
  expect(press('b', { detail: 2 })).toEqual(['a', 'c'])
  expect(press('Only c')).toEqual(['a', 'b'])
  rerender(show('a', 'b'))
  expect(screen.getByRole('button', { name: 'a' }).getAttribute('aria-pressed')).toBe('false')
  expect(screen.getByRole('button', { name: 'Only c' }).getAttribute('aria-pressed')).toBe('true')
  expect(press('a')).toEqual(['b'])
  // Alone, or the last: all come back.
  expect(press('Only c')).toEqual([])
  expect(press('c')).toEqual([])
})

it('draws each mark with its one line', () => {
  const { container } = render(
    <MapLegend
      legend={{ kind: 'none', text: '' }}
      marks={[
        { kind: 'origin', text: 'Standard Model' },
        { kind: 'live', text: 'live' },
        { kind: 'lost', text: 'lost' },
      ]}
    />,
  )
  expect(container.textContent).toBe('Standard Modellivelost')
  expect(container.querySelectorAll('.mark-origin, .mark-live-ring, .mark-lost')).toHaveLength(3)
})
