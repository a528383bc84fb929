// @vitest-environment happy-dom
import { act, fireEvent, render, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { AppError } from '../../errors.ts'
import { keptDownloads } from '../../testing/downloads.ts'
import fakePlotly, { drawnIn } from '../../testing/fake-plotly.ts'
import { button, exportAs, press, rowsOf } from '../../testing/hands.ts'
import { beingPatient, eventually } from '../../testing/patience.ts'
import { drawnOn } from '../../testing/drawn-on.ts'
import { FigureFrame } from './FigureFrame.tsx'
import { importPlotly } from './plotly.ts'
import { PlotlyFigure } from './PlotlyFigure.tsx'

beingPatient()
drawnOn(640, 400)

const table = {
  caption: 'Numbers',
  columns: [{ key: 'x', label: 'x', unit: 'GeV', value: (row: number) => row }],
  rows: [3, 1.25],
}

it('is described by its summary, has its numbers as a table and as a file', async () => {
  render(
    <FigureFrame summary="It rises." table={table} fileName="rise">
      <p>picture</p>
    </FigureFrame>,
  )
  const figure = screen.getByRole('figure')
  expect(document.getElementById(figure.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
    'It rises.',
  )
  await press('Show data table')
  expect(rowsOf('Numbers')).toEqual([['3.000'], ['1.250']])
  await press('Hide data table')
  expect(screen.queryByRole('table')).toBeNull()
  const files = keptDownloads()
  await exportAs('CSV')
  expect(files[0].name).toBe('rise.csv')
  // Full precision, in the order of the rows.
  expect(await files[0].content.text()).toBe('x [GeV]\r\n3\r\n1.25\r\n')
})

it('says why an export failed, until the next one', async () => {
  const run = vi
    .fn<() => Promise<void>>()
    .mockRejectedValueOnce(new AppError('data/not-found', 'The plot library did not come.'))
    .mockResolvedValue(undefined)
  render(
    <FigureFrame summary="It rises." exports={[{ label: 'SVG', run }]}>
      <p>picture</p>
    </FigureFrame>,
  )
  await exportAs('SVG')
  expect(screen.getByRole('alert').textContent).toContain('The plot library did not come.')
  await exportAs('SVG')
  expect(screen.queryByRole('alert')).toBeNull()
  expect(run).toHaveBeenCalledTimes(2)
})

it('has a menu that keys walk through, and that closes by Escape and by a click beside it', async () => {
  const run = vi.fn()
  const exports = ['SVG', 'PNG', 'CSV'].map((label) => ({ label, run: () => run(label) }))
  render(
    <FigureFrame summary="It rises." exports={exports}>
      <p>picture</p>
    </FigureFrame>,
  )
  await press(/^Export/)
  const at = () => document.activeElement?.textContent
  const key = (name: string) => fireEvent.keyDown(screen.getByRole('menu'), { key: name })
  expect(at()).toBe('SVG')
  key('ArrowUp')
  expect(at()).toBe('CSV')
  key('ArrowDown')
  key('ArrowDown')
  expect(at()).toBe('PNG')
  key('End')
  expect(at()).toBe('CSV')
  key('Home')
  expect(at()).toBe('SVG')
  key('Escape')
  expect(screen.queryByRole('menu')).toBeNull()
  expect(document.activeElement).toBe(button(/^Export/))
  await press(/^Export/)
  fireEvent.pointerDown(document.body)
  expect(screen.queryByRole('menu')).toBeNull()
  await exportAs('PNG')
  expect(run.mock.calls).toEqual([['PNG']])
})

const figure = { data: [{ x: [1], y: [2] }], layout: { title: 'one' } }

it('plotly draws a figure at the width that there is, with what lies over it, and takes it away at the end', async () => {
  const { unmount } = render(
    <PlotlyFigure
      figure={figure}
      height={300}
      alt="One point"
      overlay={({ width, height }) => <b>{`${width} x ${height}`}</b>}
    />,
  )
  expect(screen.getByText('Loading the plot library')).toBeTruthy()
  await screen.findByText('640 x 300')
  const root = screen.getByRole('img', { name: 'One point' })
  expect(drawnIn(root)).toEqual({ data: figure.data, layout: { title: 'one', width: 640, height: 300 } })
  // A copy: plotly writes into what it is given.
  expect(drawnIn(root)?.data).not.toBe(figure.data)
  expect(screen.queryByText('Loading the plot library')).toBeNull()
  unmount()
  expect(drawnIn(root)).toBeUndefined()
})

it('a plot library that does not come is said with what to do about it', async () => {
  const offline = async () => {
    throw new TypeError('Failed to fetch dynamically imported module: https://x/plotly.js')
  }
  const error = await importPlotly(offline).catch((thrown: unknown) => AppError.from(thrown))
  expect(error).toMatchObject({
    code: 'data/not-found',
    message: expect.stringMatching(/^The plot library could not be loaded: .*or reload the page/),
    context: { cause: expect.stringContaining('https://x/plotly.js') },
  })
  expect(await importPlotly()).toBe(fakePlotly)
})

it('a figure that could not be drawn says why, and is drawn at the next try', async () => {
  vi.spyOn(fakePlotly, 'react').mockRejectedValueOnce(new TypeError('Failed to fetch'))
  render(<PlotlyFigure figure={figure} height={300} alt="One point" />)
  await screen.findByRole('alert')
  await act(async () => fireEvent.click(button('Try again')))
  await eventually(() => expect(drawnIn(screen.getByRole('img'))).toBeDefined())
  expect(screen.queryByRole('alert')).toBeNull()
})
