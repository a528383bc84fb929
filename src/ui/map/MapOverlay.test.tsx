import { expect, it } from 'vitest'
import { drawn, drawnElements, numbersOf } from '../../testing/svg-parts.ts'
import { labelLayout } from './label-layout.ts'
import { MapOverlay } from './MapOverlay.tsx'

// 200 pixels are one unit, and the origin is at (200, 200).
const camera = { x: 0, y: 0, halfSpan: 1 }
const viewport = { width: 400, height: 400 }
const nothing = {
  ...{ camera, viewport, markers: {}, arrows: [], contours: [], paths: [], tool: 'pan', draggable: false },
  ...{ hovered: null, keyboard: null, crosshair: null, draft: null },
}
const draw = (props: Partial<Parameters<typeof MapOverlay>[0]>) =>
  drawnElements(<MapOverlay {...nothing} {...props} />)

it('draws nothing but an empty group over an empty map', () =>
  expect(draw({}).filter(({ tag }) => tag !== 'g')).toEqual([]))

it('marks the live universe, the SM and what was dropped where they lie, each with its name', () => {
  const elements = draw({
    markers: {
      live: {
        x: 0.5,
        y: 0.5,
        label: 'live',
        warning: true,
        trail: [
          { x: 0, y: 0 },
          { x: 0.5, y: 0.5 },
        ],
      },
      origin: { x: 0, y: 0, label: 'SM' },
      dropped: [{ x: -0.5, y: -0.25, label: 'mine.csv' }],
    },
    draggable: true,
  })
  const [live] = drawn(elements, '.map-live')
  expect(live.at).toMatchObject({
    class: 'map-live map-live-warning map-live-draggable',
    transform: 'translate(300 100)',
  })
  expect(drawn(elements, '.map-casing').at(-1)?.at.points).toBe('200.0,200.0 300.0,100.0')
  expect(drawn(elements, '.map-origin')[0].at.transform).toBe('translate(200 200)')
  expect(drawn(elements, '.map-dropped')[0].at.transform).toBe('translate(100 250)')
  const labels = drawn(elements, '.map-label')
  expect(labels.map(({ at, text }) => [at.class.split(' ')[1], text])).toEqual([
    ['map-label-live', 'live'],
    ['map-label-origin', 'SM'],
    ['map-label-dropped', 'mine.csv'],
  ])
})

it('joins neighbours to the focus, or to the live point without one', () => {
  const neighbours = [{ x: 0.5, y: 0 }]
  const to = (markers: Parameters<typeof MapOverlay>[0]['markers']) =>
    drawn(draw({ markers: { ...markers, neighbours } }), '.map-neighbour-line').map(({ at }) => at.d)
  expect(to({ live: { x: 0, y: 0 }, focus: { x: -0.5, y: 0 } })).toEqual(['M100 200L300 200'])
  expect(to({ live: { x: 0, y: 0 } })).toEqual(['M200 200L300 200'])
  expect(to({})).toEqual([])
  expect(drawn(draw({ markers: { neighbours } }), '.map-neighbour')[0].at).toMatchObject({
    cx: '300',
    cy: '200',
  })
})

it('draws the star of the SM above the live mark, and dots lines to what the map lost', () => {
  const elements = draw({
    markers: { origin: { x: 0, y: 0 }, live: { x: 0, y: 0 }, lost: [{ x: 0.5, y: 0 }] },
  })
  const order = elements.map(({ at }) => at.class)
  expect(order.indexOf('map-origin')).toBeGreaterThan(order.indexOf('map-live-core'))
  expect(drawn(elements, '.map-lost-line')[0].at.d).toBe('M200 200L300 200')
  expect(drawn(elements, '.map-lost')[0].at.cx).toBe('300')
})

it('draws a measurement with ellipses of 95 and 68 %, turned as it is correlated', () => {
  // Variances 0.04 and 0.01: half axes of 0.2 and 0.1, 2.4477 and 1.5096 of them (PDG, Statistics, two parameters).
  const measured = (covariance: [number, number, number]) =>
    drawn(draw({ markers: { measurement: { x: 0, y: 0, covariance, label: 'CMS' } } }), 'ellipse').map(
      ({ at }) => at,
    )
  const [outer, inner] = measured([0.04, 0, 0.01])
  expect([Number(outer.rx), Number(outer.ry)]).toEqual([expect.closeTo(97.9, 1), expect.closeTo(48.95, 1)])
  expect([Number(inner.rx), Number(inner.ry)]).toEqual([expect.closeTo(60.4, 1), expect.closeTo(30.2, 1)])
  // Positive correlation rises to the right, which on the screen is a negative angle.
  expect(measured([0.04, 0.03, 0.04])[0].transform).toBe('rotate(-45)')
})

it('points at marks outside of the picture from its edge', () => {
  const pointer = (x: number, y: number) =>
    drawn(draw({ markers: { live: { x, y } } }), '.map-edge-pointer').map(({ at }) => numbersOf(at.transform))
  expect(pointer(0.9, 0.9)).toEqual([])
  expect(pointer(5, 0)).toEqual([[384, 200, 0]])
  const [[x, y, angle]] = pointer(0, -7)
  expect([x, y, angle]).toEqual([expect.closeTo(200), expect.closeTo(384), expect.closeTo(90)])
})

it('draws arrows with their heads at the tip in their colour, none too short to see', () => {
  const arrow = { x: 0, y: 0, dx: 0.5, dy: 0, label: 'C_φD', colour: '#e42536', emphasis: true }
  const elements = draw({ arrows: [arrow, { ...arrow, dx: 0.02, label: 'C_W' }] })
  expect(drawn(elements, '.map-arrow').map(({ at }) => [at.class, at.style])).toEqual([
    ['map-arrow map-arrow-emphasis', 'color:#e42536'],
  ])
  expect(drawn(elements, '.map-arrow-shaft')[0].at.d).toBe('M200 200L292 200')
  expect(drawn(elements, '.map-arrow-head')[0].at.d).toMatch(/^M300 200L292 203.5L292 196.5Z$/)
  expect(drawn(elements, '.map-label-arrow').map(({ text }) => text)).toContain('CφD')
})

it('draws contours with their mass, the outer one as such', () => {
  const square = Float64Array.of(-0.5, -0.5, 0.5, -0.5, 0.5, 0.5, -0.5, 0.5)
  const elements = draw({
    contours: [
      { mass: 0.95, lines: [square] },
      { mass: 0.68, lines: [] },
    ],
  })
  const [outer, inner] = drawn(elements, '.map-contour')
  expect(outer.at).toMatchObject({
    class: 'map-contour map-contour-outer',
    d: 'M100.0 300.0L300.0 300.0L300.0 100.0L100.0 100.0',
  })
  expect(inner.at.class).toBe('map-contour')
  expect(drawn(elements, '.map-label-contour').map(({ text }) => text)).toEqual(['95 %'])
  // On a plate, so that dots beneath do not hide the digits.
  expect(drawn(elements, '.map-label-plate')).toHaveLength(1)
})

it('puts no label under the buttons of the zoom, which take the last 144 by 58 pixels', () => {
  const placed = (x: number, y: number) => {
    const focus = { x, y, label: 'universe 412' }
    const [label] = drawn(draw({ markers: { focus } }), '.map-label-focus')
    return numbersOf(label.at.transform)
  }
  const [left] = placed(0, 0)
  expect(left).toBe(210)
  // To the left of its dot, which lies beside the buttons.
  const [aside] = placed(0.3, -0.8)
  expect(aside + labelLayout('universe 412').width).toBeLessThan(256)
})

it('draws a trail over ground of its own, whatever the colours of the dots beneath', () => {
  const elements = draw({ paths: [{ points: [camera, { x: 0.5, y: 0 }], trail: true }] })
  const [group] = drawn(elements, '.map-path-trail')
  expect(group.at.class).toBe('map-path map-path-trail')
  expect(drawn(elements, '.map-casing')).toHaveLength(1)
})

it('draws paths with ticks, labelled where they keep clear of each other', () => {
  const points = [
    { x: -0.5, y: 0 },
    { x: 0.5, y: 0 },
  ]
  const ticks = [
    { x: -0.5, y: 0, label: '1 TeV' },
    { x: -0.45, y: 0, label: '2 TeV' },
    { x: 0.5, y: 0, label: '3 TeV' },
  ]
  const elements = draw({ paths: [{ points, ticks, faint: true }] })
  expect(drawn(elements, 'polyline')[0].at.points).toBe('100.0,200.0 300.0,200.0')
  expect(drawn(elements, '.map-path')[0].at.class).toBe('map-path map-path-faint')
  expect(drawn(elements, '.map-path-tick')).toHaveLength(3)
  expect(drawn(elements, '.map-label-path').map(({ text }) => text)).toEqual(['1 TeV', '3 TeV'])
})

it('draws what is being selected: a box whole, an outline open until it is closed', () => {
  const box = draw({
    draft: {
      kind: 'box',
      points: [
        [-0.5, -0.5],
        [0.5, 0.25],
      ],
    },
    tool: 'box',
  })
  expect(drawn(box, 'rect')[0].at).toMatchObject({ x: '100', y: '150', width: '200', height: '150' })
  const corners: [number, number][] = [
    [0, 0],
    [0.5, 0],
    [0.5, 0.5],
  ]
  const outline = (tool: string) => draw({ draft: { kind: 'polygon', points: corners }, tool })
  expect(drawn(outline('polygon'), '.map-draft')[0].at.d).toBe('M200 200L300 200L300 100')
  expect(drawn(outline('polygon'), '.map-vertex').map(({ at }) => at.r)).toEqual(['6', '4', '4'])
  expect(drawn(outline('lasso'), '.map-draft')[0].at.d).toBe('M200 200L300 200L300 100Z')
  expect(drawn(outline('lasso'), '.map-vertex')).toEqual([])
})

it('shows where the pointer, the keyboard and the crosshair are', () => {
  const elements = draw({
    hovered: { x: 0, y: 0 },
    keyboard: { x: 0.5, y: 0 },
    markers: { focus: { x: 0, y: 0.5 } },
    crosshair: [50, 60],
  })
  const at = (name: string) => drawn(elements, name)[0].at
  expect([at('.map-hover').cx, at('.map-keyboard').cx]).toEqual(['200', '300'])
  expect(at('.map-focus').transform).toBe('translate(200 100)')
  expect(at('.map-crosshair').d).toBe('M38 60h24m-12 -12v24')
})

it('keeps its labels clear of the corner, and shortens long names', () => {
  const place = (corner?: string) =>
    numbersOf(
      drawn(draw({ markers: { origin: { x: -0.9, y: 0.8, label: 'SM' } }, corner }), '.map-label')[0].at
        .transform,
    )
  expect(place('√s = 13 TeV')).not.toEqual(place())
  const [label] = drawn(draw({ markers: { dropped: [{ x: 0, y: 0, label: 'x'.repeat(90) }] } }), '.map-label')
  expect(label.text.length).toBeLessThanOrEqual(40)
  expect(label.text).toContain('…')
})
