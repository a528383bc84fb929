import { describe, expect, it } from 'vitest'

import { fitCamera, panBy, toData, toScreen, visibleBounds, zoomAbout } from './camera.ts'

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
})
