import { createRng } from '../../numerics/rng.ts'

export interface Dots {
  x: Float32Array
  y: Float32Array
  /** Cluster of each dot, 0 to 7. */
  index: Uint8Array
}

/** Clusters on a broad ground, as an embedding has them. */
export function drawDots(count: number): Dots {
  const rng = createRng(1)
  const x = new Float32Array(count)
  const y = new Float32Array(count)
  const index = new Uint8Array(count)
  const centres = Array.from({ length: 8 }, () => [
    4 * rng.uniform() - 2,
    4 * rng.uniform() - 2,
    rng.uniform(),
  ])
  for (let i = 0; i < count; i++) {
    const k = (index[i] = rng.integer(8))
    const [cx, cy, width] = centres[k]
    x[i] = cx + (0.1 + 0.5 * width) * rng.normal()
    y[i] = cy + (0.1 + 0.5 * width) * rng.normal()
  }
  return { x, y, index }
}

/** A closed curve of `vertices` corners, wavy as a hand draws it, about the median with a tenth of the dots inside. */
export function lassoOf({ x, y }: Dots, vertices: number): [number, number][] {
  const middle = (values: Float32Array): number => values.slice().sort()[values.length >> 1]
  const [cx, cy] = [middle(x), middle(y)]
  const reach = x.map((value, i) => Math.hypot(value - cx, y[i] - cy)).sort()[Math.round(0.1 * x.length)]
  return Array.from({ length: vertices }, (_, k) => {
    const angle = (2 * Math.PI * k) / vertices
    const r = reach * (1 + 0.15 * Math.sin(5 * angle))
    return [cx + r * Math.cos(angle), cy + r * Math.sin(angle)]
  })
}
