import erfc from '@stdlib/math-base-special-erfc'

/**
 * Inverse of the standard normal cumulative distribution, to about 1e-15: the rational start of Odeh and Evans
 * (Abramowitz and Stegun 26.2.23, error 4.5e-4), refined by Halley steps on the exact tail.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1))
    return p === 0 ? Number.NEGATIVE_INFINITY : p === 1 ? Number.POSITIVE_INFINITY : Number.NaN
  const tail = Math.min(p, 1 - p)
  const t = Math.sqrt(-2 * Math.log(tail))
  let x =
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  for (let i = 0; i < 3; i++) {
    // Newton on ln of the tail would be as good; Halley needs no logarithm.
    const error = 0.5 * erfc(x / Math.SQRT2) - tail
    const step = (error * Math.sqrt(2 * Math.PI)) / Math.exp(-0.5 * x * x)
    x += step / (1 - 0.5 * x * step)
  }
  return p < 0.5 ? -x : x
}
