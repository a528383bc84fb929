// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { layerColours, pointStyle } from './figure.ts'
import { mapPicture, type MapPictureSource } from './map-picture.ts'

const viewport = { width: 200, height: 100 }
// Half of the smaller side is one unit: 50 pixels.
const camera = { x: 0, y: 0, halfSpan: 1 }

function overlay(): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.innerHTML =
    '<path class="map-origin" style="fill: rgb(1, 2, 3)" d="M0 0"/><text class="map-title">z₁</text>'
  document.body.append(svg)
  return svg
}

function source(change: Partial<MapPictureSource> = {}): MapPictureSource {
  const points = { x: Float32Array.of(0, 1, 0, 9), y: Float32Array.of(0, 0, 1, 0), count: 4, version: 0 }
  const colours = layerColours(
    {
      kind: 'class',
      index: Uint8Array.of(0, 1, 1, 0),
      palette: ['#5790fc', '#f89c20'],
      shapes: ['disc', 'diamond'],
    },
    4,
    'light',
    [150, 150, 150],
    [255, 255, 255],
  )
  return {
    ...{ points, colours, camera, viewport, selected: null, flagged: null, overlay: overlay() },
    style: pointStyle(4, camera, camera, viewport),
    ...change,
  }
}
const legend = {
  kind: 'classes' as const,
  entries: [
    { label: 'one & only', colour: '#5790fc', shape: 'disc' as const },
    { label: 'other', colour: '#f89c20', shape: 'diamond' as const },
    { label: 'gone', colour: '#000000', shape: 'disc' as const, hidden: true },
  ],
}
const parsed = (svg: string) => new DOMParser().parseFromString(svg, 'image/svg+xml')

it('dots stand where the map has them, in the shape of their class; those outside the frame are left out', () => {
  const { svg, width, height } = mapPicture(source(), legend)
  const root = parsed(svg)
  const dots = root.querySelector('g[clip-path]')!
  const circles = [...dots.querySelectorAll('circle')]
  expect(circles.map((c) => [c.getAttribute('cx'), c.getAttribute('cy')])).toEqual([['100.0', '50.0']])
  expect([...dots.querySelectorAll('path')].map((p) => p.getAttribute('d')?.split('m')[0])).toEqual([
    'M150.0 50.0',
    'M100.0 0.0',
  ])
  expect([width, height]).toEqual([264, 180])
})

it('carries axes and marks with the styles of the page, and the legend of classes that are seen', () => {
  const root = parsed(mapPicture(source(), legend).svg)
  expect([...root.querySelectorAll('text')].map((text) => text.textContent)).toEqual([
    'z₁',
    'one & only',
    'other',
  ])
  expect(root.querySelector('.map-origin')).toBeNull()
  expect(root.querySelector('path[fill="rgb(1, 2, 3)"]')).not.toBeNull()
})

it('with a selection the others are context beneath it; flagged ones are rings', () => {
  const { svg } = mapPicture(
    source({ selected: Uint8Array.of(1, 0, 0, 0), flagged: Uint8Array.of(1, 0, 0, 0) }),
    legend,
  )
  const groups = [...parsed(svg).querySelectorAll('g[clip-path] > g')]
  expect(groups.map((group) => group.getAttribute('fill'))).toEqual(['rgb(150,150,150)', 'none'])
  expect(groups.map((group) => group.children.length)).toEqual([2, 1])
})

it('too many dots for a picture are refused with both numbers', () => {
  const count = 200_001
  const points = { x: new Float32Array(count), y: new Float32Array(count), count, version: 0 }
  const colours = { ...source().colours, index: new Uint8Array(count) }
  expect(() => mapPicture(source({ points, colours }), legend)).toThrow(
    /More than 200.000 of 200.001 dots are in the frame/,
  )
})
