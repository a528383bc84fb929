// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { beingPatient } from '../../../../testing/patience.ts'
import { FirstPicture } from './FirstPicture.tsx'
import { familyColours } from './map-colours.ts'

beingPatient()
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const picture = {
  dataset: 'a',
  model: 'm',
  width: 100,
  height: 50,
  classes: [
    [1, 2, 30, 40],
    [50, 25],
  ],
}
const serve = (answer: () => Promise<Response>) => {
  const asked = vi.fn(answer)
  vi.stubGlobal('fetch', asked)
  return asked
}

it('draws a dot at every place, each class in its colour', async () => {
  serve(async () => Response.json(picture))
  const { container } = render(<FirstPicture dataset="a" model="m" />)
  const svg = await screen.findByTestId('first-picture')
  expect(svg.getAttribute('viewBox')).toBe('0 0 100 50')
  const paths = [...container.querySelectorAll('path')]
  expect(paths.map((path) => [path.getAttribute('d'), path.getAttribute('stroke')])).toEqual([
    ['M1 2h0M30 40h0', familyColours[0]],
    ['M50 25h0', familyColours[1]],
  ])
})

it('is none of another dataset or encoder, nor where it does not come', async () => {
  const asked = serve(async () => Response.json(picture))
  const { rerender } = render(<FirstPicture dataset="a" model="other" />)
  await waitFor(() => expect(asked).toHaveBeenCalledOnce())
  rerender(<FirstPicture dataset="b" model="m" />)
  expect(screen.queryByTestId('first-picture')).toBeNull()
  cleanup()
  const missed = serve(async () => new Response('', { status: 404 }))
  const { container } = render(<FirstPicture dataset="a" model="m" />)
  await waitFor(() => expect(missed).toHaveBeenCalledOnce())
  expect(container.innerHTML).toBe('')
})
