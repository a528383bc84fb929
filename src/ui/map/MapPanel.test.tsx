// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { openNpz } from '../../dataset/npz.ts'
import { npzTerms } from '../../numerics/tables/npz-file.ts'
import { listZip, readZipEntry } from '../../numerics/zip/read-zip.ts'
import type { MapRegion } from '../../share/map-schema.ts'
import { drawnOn } from '../../testing/drawn-on.ts'
import { MapPanel } from './MapPanel.tsx'
import { regionMask } from './region.ts'

drawnOn(400, 400)

const points = { x: Float32Array.of(-1, 0.1, 1), y: Float32Array.of(0, 0.1, 0), count: 3, version: 0 }
const colours = { kind: 'class' as const, index: Uint8Array.of(0, 0, 1), palette: ['#5790fc', '#f89c20'] }
// 200 pixels are one unit: the crosshair begins at the origin.
const camera = { x: 0, y: 0, halfSpan: 1 }

function Owner({ onRegion }: { onRegion: (region: MapRegion) => void }) {
  const [region, setRegion] = useState<MapRegion | null>(null)
  return (
    <MapPanel
      points={points}
      colours={colours}
      camera={camera}
      onCameraChange={() => undefined}
      selected={region && regionMask(points.x, points.y, points.count, region)}
      onRegion={(next) => {
        onRegion(next)
        setRegion(next)
      }}
      onClearSelection={() => setRegion(null)}
      legend={{ kind: 'classes', entries: [{ label: 'left', colour: '#5790fc', shape: 'disc' }] }}
      rings={{ text: 'odd ones', title: 'of no class' }}
      total={5}
      selectedParts="all of one kind"
    />
  )
}

it('selects by the keyboard alone, says what is selected, and clears it', () => {
  const onRegion = vi.fn()
  render(<Owner onRegion={onRegion} />)
  expect(screen.getByText(/3 points shown of 5/)).toBeTruthy()
  expect(screen.getByLabelText('Legend').textContent).toBe('leftring: odd ones')
  expect(screen.queryByRole('button', { name: 'Clear selection' })).toBeNull()
  fireEvent.click(screen.getByRole('radio', { name: 'Box' }))
  const map = screen.getByRole('application')
  fireEvent.keyDown(map, { key: ' ' })
  for (const key of ['ArrowRight', 'ArrowUp']) fireEvent.keyDown(map, { key, shiftKey: true })
  fireEvent.keyDown(map, { key: 'Enter' })
  expect(onRegion).toHaveBeenCalledExactlyOnceWith({ kind: 'box', x0: 0, y0: 0, x1: 0.25, y1: 0.25 })
  expect(screen.getByText(/3 points shown of 5, 1 selected \(all of one kind\)/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Clear selection' }))
  expect(screen.queryByText(/selected/)).toBeNull()
})

type MadeFile = (lines: string[]) => Promise<Blob>

it('goes home as a picture and as a table of its dots, or of those selected', async () => {
  const save = vi.fn()
  render(
    <MapPanel
      {...{ points, colours, camera, selected: Uint8Array.of(0, 1, 0), total: 3 }}
      onCameraChange={() => undefined}
      onRegion={() => undefined}
      onClearSelection={() => undefined}
      legend={{
        kind: 'classes',
        entries: [
          { label: 'left', colour: '#5790fc', shape: 'disc' },
          { label: 'right', colour: '#f89c20', shape: 'disc' },
        ],
      }}
      exports={{ save, columns: { headings: ['universe'], cells: (row) => [10 + row] } }}
    />,
  )
  const take = async (item: string) => {
    fireEvent.click(screen.getByRole('button', { name: /^Export map/ }))
    fireEvent.click(screen.getByRole('menuitem', { name: item }))
    await vi.waitFor(() => expect(save).toHaveBeenCalled())
    return save.mock.lastCall
  }
  const rows = (text: string) => text.trim().split(/\r?\n/)
  const [all] = (await take('CSV of the dots')) as [string]
  expect(rows(all)).toEqual([
    'dot,z₁,z₂,class,universe',
    '0,-1,0,left,10',
    expect.stringMatching(/^1,0\.1\d*,0\.1\d*,left,11$/),
    '2,1,0,right,12',
  ])
  save.mockClear()
  expect(rows(((await take('CSV of the selection')) as [string])[0])).toHaveLength(2)
  save.mockClear()
  const [npz, npzFormat] = (await take('npz of the selection')) as [MadeFile, string]
  const { arrays } = await openNpz(new Uint8Array(await (await npz(['link: x'])).arrayBuffer()))
  const read = await Promise.all(arrays.map(async ({ name, read }) => [name, ...Array.from(await read())]))
  expect([npzFormat, read]).toEqual([
    'npz',
    [
      ['dot', 1],
      ['z1', expect.closeTo(0.1, 6)],
      ['z2', expect.closeTo(0.1, 6)],
      ['universe', 11],
    ],
  ])
  save.mockClear()
  const [hepData] = (await take('HEPData of the selection')) as [MadeFile]
  const zip = new Uint8Array(await (await hepData(['link: x'])).arrayBuffer())
  const [, entry] = listZip(zip, npzTerms)
  const yaml = new TextDecoder().decode(await readZipEntry(zip, entry, npzTerms))
  expect(parse(yaml)).toMatchObject({
    independent_variables: [{ header: { name: 'dot' }, values: [{ value: 1 }] }],
    dependent_variables: [
      { header: { name: 'z₁' } },
      { header: { name: 'z₂' } },
      { header: { name: 'class' }, values: [{ value: 'left' }] },
      { header: { name: 'universe' }, values: [{ value: 11 }] },
    ],
  })
  save.mockClear()
  const [svg, format, what] = (await take('SVG')) as [string, string, string]
  expect([format, what]).toEqual(['svg', 'map'])
  expect(svg).toMatch(/^<svg xmlns/)
})
