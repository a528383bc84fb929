import { describe, expect, it } from 'vitest'
import type { ShapeIntent } from '../../../intent.ts'
import '../../../../../testing/matchers.ts'
import { dragged, handlesOf, shapeFrame, stepPath, type ShapeAxes } from './shape-geometry.ts'

const frame = shapeFrame(640)
const axes: ShapeAxes = { x: [50, 3000], ratio: [0, 2], pulls: [-4, 4] }
const base = () => 1.1
const bump: ShapeIntent = { kind: 'resonance', massGeV: 400, widthGeV: 60, strength: 0.4 }
const kink: ShapeIntent = { kind: 'kink', massGeV: 300, widthGeV: 20, strength: 0.2 }
const slope: ShapeIntent = { kind: 'slope', massGeV: 300, widthGeV: 20, strength: -0.15 }

describe('handles of a drawn shape', () => {
  it.each([bump, kink, slope])('dropped where it is, every handle of a $kind changes nothing', (shape) => {
    for (const handle of handlesOf(shape, base, axes, frame)) {
      const again = dragged(shape, handle.id, handle, base, axes, frame)
      expect(again.massGeV).toBeCloseToRel(shape.massGeV, 6e-3) // rounded to three digits
      expect(again.widthGeV).toBeCloseToRel(shape.widthGeV, 6e-3)
      expect(again.strength).toBeCloseToRel(shape.strength, 6e-3)
    }
  })

  it('a resonance dragged up grows, to the right gets heavier, its width handle widens it', () => {
    const [place, width] = handlesOf(bump, base, axes, frame)
    expect(dragged(bump, 'place', { ...place, y: place.y - 20 }, base, axes, frame).strength).toBeGreaterThan(
      0.5,
    )
    expect(dragged(bump, 'place', { ...place, x: place.x + 40 }, base, axes, frame).massGeV).toBeGreaterThan(
      450,
    )
    expect(dragged(bump, 'width', { ...width, x: width.x + 10 }, base, axes, frame).widthGeV).toBeGreaterThan(
      70,
    )
  })

  it('a pointer far outside stays inside the axes, and a dip never makes a negative cross-section of the SM', () => {
    const moved = dragged(bump, 'place', { x: -500, y: 5000 }, base, axes, frame)
    expect(moved).toMatchObject({ massGeV: 50, strength: -1 })
  })
})

it('steps start at the first edge and end at the last', () => {
  const path = stepPath([50, 100, 3000], [9, 1, 2], 1, axes, frame)
  expect(path.startsWith(`M${frame.left.toFixed(1)},`)).toBe(true)
  expect(path.endsWith(`H${(frame.left + frame.width).toFixed(1)}`)).toBe(true)
  expect(path.match(/H/g)).toHaveLength(2)
})
