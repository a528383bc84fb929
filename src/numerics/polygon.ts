/** A closed polygon; the last vertex joins the first. May cross itself: inside is by the even-odd rule. */
export type Polygon = readonly (readonly [number, number])[]

/**
 * Even-odd test. An edge counts when it crosses the horizontal through the point strictly to its right;
 * edges are half-open in y, so that polygons that share an edge share no point.
 */
export function containsPoint(polygon: Polygon, x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i]
    const [xj, yj] = polygon[j]
    if (yi > y !== yj > y && x < xi + ((y - yi) / (yj - yi)) * (xj - xi)) inside = !inside
  }
  return inside
}

/**
 * Where edges cross the horizontal at y, sorted: a point on it is inside where an odd number lies strictly to its right.
 * For many points of one line, in place of `containsPoint` for each.
 */
export function crossingsAt(polygon: Polygon, y: number): Float64Array {
  const found: number[] = []
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i]
    const [xj, yj] = polygon[j]
    if (yi > y !== yj > y) found.push(xi + ((y - yi) / (yj - yi)) * (xj - xi))
  }
  return Float64Array.from(found).sort()
}

/** Signed area, positive for counter-clockwise order (shoelace formula). */
export function polygonArea(polygon: Polygon): number {
  let twice = 0
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++)
    twice += polygon[j][0] * polygon[i][1] - polygon[i][0] * polygon[j][1]
  return twice / 2
}

/**
 * Fewer vertices for the same outline: every dropped vertex lies within `tolerance` of the line that
 * replaces it (Ramer-Douglas-Peucker). Keeps links short; a lasso drawn by hand has a vertex per pixel.
 */
export function simplifyPolygon(polygon: Polygon, tolerance: number): [number, number][] {
  const n = polygon.length
  if (n <= 3) return polygon.map(([x, y]) => [x, y])
  // A closed curve has no ends: cut it at the first vertex and at the one farthest from it.
  let far = 0
  let farthest = -1
  for (let i = 1; i < n; i++) {
    const d = Math.hypot(polygon[i][0] - polygon[0][0], polygon[i][1] - polygon[0][1])
    if (d > farthest) [far, farthest] = [i, d]
  }
  const keep = new Uint8Array(n + 1)
  keep[0] = keep[far] = keep[n] = 1
  const stack: [number, number][] = [
    [0, far],
    [far, n],
  ]
  for (let span = stack.pop(); span; span = stack.pop()) {
    const [from, to] = span
    let worst = -1
    let at = -1
    for (let i = from + 1; i < to; i++) {
      const d = distanceToSegment(polygon[i], polygon[from], polygon[to % n])
      if (d > worst) [at, worst] = [i, d]
    }
    if (worst > tolerance) {
      keep[at] = 1
      stack.push([from, at], [at, to])
    }
  }
  const kept = polygon.filter((_, i) => keep[i]).map(([x, y]): [number, number] => [x, y])
  return kept.length >= 3 ? kept : polygon.slice(0, 3).map(([x, y]) => [x, y])
}

function distanceToSegment(
  [px, py]: readonly [number, number],
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): number {
  const dx = bx - ax
  const dy = by - ay
  const squared = dx * dx + dy * dy
  const t = squared > 0 ? Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / squared)) : 0
  return Math.hypot(px - ax - t * dx, py - ay - t * dy)
}
