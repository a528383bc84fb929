import { boundsOf, type Bounds } from '../../numerics/histogram.ts'

/** The first two latent axes of rows of any dimension. */
export function firstTwoAxes(latent: Float32Array, rows: number): { x: Float32Array; y: Float32Array } {
  const d = rows ? latent.length / rows : 2
  const x = new Float32Array(rows)
  const y = new Float32Array(rows)
  for (let i = 0; i < rows; i++) {
    x[i] = latent[i * d]
    y[i] = latent[i * d + 1]
  }
  return { x, y }
}

/** Bounds of every picture from `from` on: they only grow while a training runs, and scrubbing does not move them. */
export function steadyBounds(
  pictures: readonly { latent: Float32Array }[],
  rows: number,
  from: number,
): Bounds | null {
  let all: Bounds | null = null
  for (const { latent } of pictures.slice(from)) {
    const { x, y } = firstTwoAxes(latent, rows)
    const own = boundsOf(x, y, rows)
    if (!own) continue
    all = all
      ? {
          xMin: Math.min(all.xMin, own.xMin),
          xMax: Math.max(all.xMax, own.xMax),
          yMin: Math.min(all.yMin, own.yMin),
          yMax: Math.max(all.yMax, own.yMax),
        }
      : own
  }
  return all
}
