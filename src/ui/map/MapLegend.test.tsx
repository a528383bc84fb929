// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
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
