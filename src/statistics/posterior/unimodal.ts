import type { Density1d } from './density-1d.ts'

/**
 * The density with exactly the given peaks: rising to each and falling from it, with one valley between two of them. On
 * every stretch between a peak and a valley it is the nearest monotone function (isotonic regression by pooling adjacent
 * violators: Barlow, Bartholomew, Bremner, Brunk, Statistical Inference under Order Restrictions, 1972), so that each
 * stretch keeps its mass and bumps of a kernel density that no mode stands behind become level.
 *
 * @param peaks  indices of nodes, rising
 */
export function withPeaks({ x, density, bandwidth }: Density1d, peaks: readonly number[]): Density1d {
  const out = Float64Array.from(density)
  const last = density.length - 1
  const valleys = [
    0,
    ...peaks.slice(1).map((peak, k) => {
      let lowest = peaks[k]
      for (let i = peaks[k]; i <= peak; i++) if (density[i] < density[lowest]) lowest = i
      return lowest
    }),
    last,
  ]
  peaks.forEach((peak, k) => {
    pool(out, valleys[k], peak, 1)
    pool(out, peak, valleys[k + 1], -1)
  })
  return { x, density: out, bandwidth }
}

/** Slope of what was made level, per node: enough that a set of some probability can end on it, far too little to see. */
const tilt = 1e-9

/** Makes values[from..to] monotone in place, rising (1) or falling (-1), by means of adjacent blocks. */
function pool(values: Float64Array, from: number, to: number, direction: 1 | -1): void {
  const means: number[] = []
  const sizes: number[] = []
  for (let i = from; i <= to; i++) {
    means.push(values[i])
    sizes.push(1)
    while (means.length > 1 && direction * (means[means.length - 1] - means[means.length - 2]) < 0) {
      const [mean, size] = [means.pop()!, sizes.pop()!]
      const at = means.length - 1
      means[at] = (means[at] * sizes[at] + mean * size) / (sizes[at] + size)
      sizes[at] += size
    }
  }
  let at = from
  means.forEach((mean, k) => {
    const middle = 0.5 * (sizes[k] - 1)
    for (let n = 0; n < sizes[k]; n++) values[at++] = mean * (1 + direction * tilt * (n - middle))
  })
}
