import { describe, expect, it } from 'vitest'

import { fillsTurned, fitCamera, panBy, toData, toScreen, visibleBounds, zoomAbout } from './camera.ts'

const viewport = { width: 800, height: 600 }
const camera = { x: 2, y: -1, halfSpan: 3 }

describe('camera', () => {
  it('keeps circles round and has y upwards', () => {
    expect(toScreen(camera, viewport, 2, -1)).toEqual([400, 300])
    expect(toScreen(camera, viewport, 3, 0)).toEqual([500, 200])
  })

  it('toData undoes toScreen', () => {
    const [x, y] = toData(camera, viewport, ...toScreen(camera, viewport, -0.3, 7.25))
    expect(x).toBeCloseTo(-0.3, 12)
    expect(y).toBeCloseTo(7.25, 12)
  })

  it('zooms about the cursor: what is under it stays', () => {
    const zoomed = zoomAbout(camera, viewport, 2.5, 130, 520)
    const before = toData(camera, viewport, 130, 520)
    const after = toData(zoomed, viewport, 130, 520)
    expect(zoomed.halfSpan).toBeCloseTo(3 / 2.5, 12)
    expect(after[0]).toBeCloseTo(before[0], 12)
    expect(after[1]).toBeCloseTo(before[1], 12)
  })

  it('drags the content with the hand', () => {
    const moved = panBy(camera, viewport, 50, -20)
    const [sx, sy] = toScreen(moved, viewport, 2, -1)
    expect([sx, sy]).toEqual([450, 280])
  })

  it('fits everything with a border, on wide and on narrow screens, also a single point', () => {
    const bounds = { xMin: -4, xMax: 10, yMin: 0, yMax: 2 }
    for (const view of [viewport, { width: 360, height: 700 }]) {
      const seen = visibleBounds(fitCamera(bounds, view), view)
      expect(seen.xMin).toBeLessThan(-4)
      expect(seen.xMax).toBeGreaterThan(10)
      expect(seen.yMin).toBeLessThan(0)
      expect(seen.yMax).toBeGreaterThan(2)
    }
    const point = fitCamera({ xMin: 5, xMax: 5, yMin: 5, yMax: 5 }, viewport)
    expect(point.halfSpan).toBeGreaterThan(0)
  })

  it('stops before 32-bit rounding shows', () => {
    let near = camera
    for (let i = 0; i < 200; i++) near = zoomAbout(near, viewport, 2, 400, 300)
    expect(near.halfSpan).toBeCloseTo(2e-5, 10)
  })

  describe('with its axes exchanged', () => {
    const turned = { ...viewport, turned: true }
    const tall = { xMin: -10, xMax: 10, yMin: -25, yMax: 30 }

    it('shows a tall cloud larger in a wide panel, and no other', () => {
      expect(fillsTurned(tall, viewport)).toBe(true)
      expect(fillsTurned(tall, { width: 600, height: 800 })).toBe(false)
      expect(fillsTurned({ xMin: -5, xMax: 5, yMin: -5, yMax: 6 }, viewport)).toBe(false)
      expect(fillsTurned({ ...tall, xMax: -10 }, viewport)).toBe(false)
      const { halfSpan } = fitCamera(tall, turned)
      expect(halfSpan).toBeLessThan(fitCamera(tall, viewport).halfSpan / 1.2)
    })

    it('has the second axis across and the first one up, undone by toData and bounded as seen', () => {
      expect(toScreen(camera, turned, 2, 0)).toEqual([500, 300])
      expect(toScreen(camera, turned, 3, -1)).toEqual([400, 200])
      const [x, y] = toData(camera, turned, ...toScreen(camera, turned, -0.3, 7.25))
      expect(x).toBeCloseTo(-0.3, 12)
      expect(y).toBeCloseTo(7.25, 12)
      expect(visibleBounds(camera, turned)).toEqual({ xMin: -1, xMax: 5, yMin: -5, yMax: 3 })
    })

    it('drags and zooms what is under the hand', () => {
      const place = toData(camera, turned, 100, 100)
      const moved = toScreen(panBy(camera, turned, 50, -20), turned, ...place)
      expect(moved[0]).toBeCloseTo(150, 9)
      expect(moved[1]).toBeCloseTo(80, 9)
      const zoomed = toScreen(zoomAbout(camera, turned, 2, 100, 100), turned, ...place)
      expect(zoomed[0]).toBeCloseTo(100, 9)
      expect(zoomed[1]).toBeCloseTo(100, 9)
    })
  })
})
