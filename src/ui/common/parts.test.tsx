// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { DataTable } from './DataTable.tsx'
import { ShellContext, type Shell } from '../shell-context.tsx'
import { DropZone } from './DropZone.tsx'
import { NumberField } from './NumberField.tsx'
import { Panel } from './Panel.tsx'
import { PanelBoundary } from './PanelBoundary.tsx'
import { Toggle } from './Toggle.tsx'

afterEach(cleanup)

describe('NumberField', () => {
  const field = () => screen.getByRole<HTMLInputElement>('textbox')

  it('rests rounded, shows full precision on focus, commits on Enter once', () => {
    const onCommit = vi.fn()
    render(<NumberField label="C" value={0.123456789} onCommit={onCommit} />)
    expect(field().value).toBe('0.123')
    fireEvent.focus(field())
    expect(field().value).toBe('0.123456789')
    fireEvent.change(field(), { target: { value: '−0.5' } })
    fireEvent.keyDown(field(), { key: 'Enter' })
    expect(onCommit.mock.calls).toEqual([[-0.5]])
  })

  it('refuses what is no number or out of range, with the reason, and keeps the old value', () => {
    const onCommit = vi.fn()
    render(<NumberField label="C" value={2} max={3} onCommit={onCommit} />)
    fireEvent.focus(field())
    fireEvent.change(field(), { target: { value: 'four' } })
    expect(screen.getByRole('alert').textContent).toContain('Not a number')
    fireEvent.change(field(), { target: { value: '4' } })
    expect(screen.getByRole('alert').textContent).toBe('4.00 is above the largest allowed value, 3.00.')
    fireEvent.blur(field())
    expect(onCommit).not.toHaveBeenCalled()
    expect(field().value).toBe('2.00')
  })
})

it('DataTable sorts both ways, then back, and tells what it does not draw', () => {
  const rows = [3, 1, 2]
  render(
    <DataTable
      caption="numbers"
      rows={rows}
      limit={2}
      columns={[{ key: 'x', label: 'x', unit: 'GeV', value: (row) => row }]}
    />,
  )
  const shown = () => screen.getAllByRole('cell').map((cell) => cell.textContent)
  const heading = screen.getByRole('button', { name: /x \[GeV\]/ })
  fireEvent.click(heading)
  expect(shown()).toEqual(['1.000', '2.000'])
  fireEvent.click(heading)
  expect(shown()).toEqual(['3.000', '2.000'])
  fireEvent.click(heading)
  expect(shown()).toEqual(['3.000', '1.000'])
  expect(screen.getByText(/showing 2 of 3 rows/)).toBeTruthy()
})

it('DropZone hands on whatever is dropped', () => {
  const onFiles = vi.fn()
  const { container } = render(<DropZone label="Drop spectra" onFiles={onFiles} />)
  const file = new File(['x'], 'odd.xyz')
  fireEvent.drop(container.firstElementChild as Element, {
    dataTransfer: { files: [file], types: ['Files'] },
  })
  expect(onFiles).toHaveBeenCalledWith([file])
})

it('DropZone leaves what opens a whole analysis to the page', () => {
  const [onFiles, drop] = [vi.fn(), vi.fn(async () => undefined)]
  const shell = { drop } as unknown as Shell
  render(
    <ShellContext value={shell}>
      <DropZone label="Drop spectra" onFiles={onFiles} />
    </ShellContext>,
  )
  const chosen = (name: string) => {
    const file = new File(['x'], name)
    fireEvent.change(screen.getByLabelText('Drop spectra'), { target: { files: [file] } })
    return file
  }
  const bundle = chosen('Bundle.ZIP')
  expect(drop.mock.calls).toEqual([[[bundle]]])
  expect(onFiles).not.toHaveBeenCalled()
  const spectra = chosen('zip.csv')
  expect(onFiles.mock.calls).toEqual([[[spectra]]])
})

it('Panel shows code, sentence and retry of an error', () => {
  const onRetry = vi.fn()
  const error = { code: 'data/corrupt' as const, message: 'Header says 4, file has 3. Reload.', context: {} }
  render(<Panel title="Map" state={{ kind: 'error', error, onRetry }} />)
  expect(screen.getByRole('alert').textContent).toContain('data/corrupt')
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(onRetry).toHaveBeenCalledOnce()
})

it('PanelBoundary contains a fault and can reload its panel', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  let broken = true
  const Fragile = () => {
    if (broken) throw new Error('lost the canvas')
    return <p>healthy</p>
  }
  render(
    <PanelBoundary title="Map">
      <Fragile />
    </PanelBoundary>,
  )
  expect(screen.getByRole('alert').textContent).toContain('lost the canvas')
  broken = false
  fireEvent.click(screen.getByRole('button', { name: 'Reload panel' }))
  expect(screen.getByText('healthy')).toBeTruthy()
  vi.restoreAllMocks()
})

it('names a check box by its label alone and describes it by what it means', () => {
  render(<Toggle label="flagged" checked={false} onChange={() => undefined} title="drawn as rings" />)
  const box = screen.getByLabelText('flagged')
  const note = document.getElementById(box.getAttribute('aria-describedby') ?? '')
  expect(note?.textContent).toBe('drawn as rings')
})
