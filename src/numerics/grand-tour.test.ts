import { describe, expect, it } from 'vitest'
import {
  axisPlane,
  geodesic,
  onPlane,
  orthonormalPlane,
  randomPlane,
  tilted,
  type Plane,
} from './grand-tour.ts'
import { createRng } from './rng.ts'

const d = 5
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0)
const axes = (plane: Plane) => [plane.subarray(0, plane.length / 2), plane.subarray(plane.length / 2)]

function expectOrthonormal(plane: Plane): void {
  const [x, y] = axes(plane)
  expect([dot(x, x), dot(y, y), dot(x, y)]).toEqual([expect.closeTo(1), expect.closeTo(1), expect.closeTo(0)])
}

/** The projector onto a plane is the same for all its frames. */
function projector(plane: Plane): number[] {
  const [x, y] = axes(plane)
  return Array.from({ length: x.length ** 2 }, (_, at) => {
    const [i, j] = [Math.floor(at / x.length), at % x.length]
    return x[i] * x[j] + y[i] * y[j]
  })
}

describe('a geodesic between planes', () => {
  const rng = createRng(3)
  it.each([0, 1, 2, 3])(
    'begins with its frame, ends in the other plane, and is a frame all the way: %i',
    () => {
      const [from, to] = [randomPlane(d, rng), randomPlane(d, rng)]
      const way = geodesic(from, to)
      expect(Array.from(way.at(0))).toEqual(Array.from(from, (value) => expect.closeTo(value, 10)))
      expect(projector(way.at(1))).toEqual(projector(to).map((value) => expect.closeTo(value, 10)))
      for (const t of [0.2, 0.5, 0.9]) expectOrthonormal(way.at(t))
    },
  )

  it('turns at an even pace, by the angles between the planes', () => {
    // z1 z2 to a plane that leans out of it by 0.3 and 0.9 rad.
    const to = new Float64Array(2 * d)
    to.set([Math.cos(0.3), 0, Math.sin(0.3)], 0)
    to.set([0, Math.cos(0.9), 0, Math.sin(0.9)], d)
    const way = geodesic(axisPlane(d, 0, 1), to)
    expect([...way.angles].sort()).toEqual([expect.closeTo(0.3), expect.closeTo(0.9)])
    const half = way.at(0.5)
    expect(half[0]).toBeCloseTo(Math.cos(0.15))
    expect(half[d + 1]).toBeCloseTo(Math.cos(0.45))
  })

  it('knows planes at right angles, the same plane, and a turn within it', () => {
    const plane = axisPlane(d, 0, 1)
    const across = geodesic(plane, axisPlane(d, 2, 3))
    expect(across.angles).toEqual([expect.closeTo(Math.PI / 2), expect.closeTo(Math.PI / 2)])
    expect(projector(across.at(1))).toEqual(projector(axisPlane(d, 2, 3)).map((v) => expect.closeTo(v)))
    expectOrthonormal(across.at(0.5))
    expect(Array.from(geodesic(plane, axisPlane(d, 1, 0)).at(0.7))).toEqual(
      Array.from(plane, (value) => expect.closeTo(value)),
    )
  })
})

it('tilts towards an axis, or the next where it lies in the plane', () => {
  const plane = axisPlane(d, 0, 1)
  const leant = tilted(plane, 3, 0.2, 0)
  expect([leant[0], leant[3], leant[d + 1]]).toEqual([
    expect.closeTo(Math.cos(0.2)),
    expect.closeTo(Math.sin(0.2)),
    expect.closeTo(1),
  ])
  expect(tilted(plane, 0, 0.2, 0)[2]).toBeCloseTo(Math.sin(0.2))
  expectOrthonormal(tilted(leant, 4, 0.7, -0.4))
})

it('projects, and refuses axes that span no plane', () => {
  expect(onPlane(axisPlane(3, 2, 0), [1, 2, 3, 4, 5, 6], 1)).toEqual([6, 4])
  expect(orthonormalPlane([1, 0, 0, 2, 0, 0])).toBeNull()
  expect(orthonormalPlane([0, 0, 0, 1, 0, 0])).toBeNull()
})
