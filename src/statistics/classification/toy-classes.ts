import type { Rng } from '../../numerics/rng.ts'
import { gaussianPosterior } from './gaussian-posterior.ts'
import type { Predictions } from './predictions.ts'

/** For tests: classes on a circle with unit noise, and Bayes posteriors of draws from them. */
export function toyClasses(classes: number, radius: number): Float64Array {
  return Float64Array.from({ length: 2 * classes }, (_, i) => {
    const angle = (2 * Math.PI * Math.floor(i / 2)) / classes
    return radius * (i % 2 ? Math.sin(angle) : Math.cos(angle))
  })
}

export function toyPredictions(means: Float64Array, rows: number, rng: Rng): Predictions {
  const classes = means.length / 2
  const probabilities = new Float64Array(rows * classes)
  const labels = new Int32Array(rows)
  for (let r = 0; r < rows; r++) {
    const k = (labels[r] = rng.integer(classes))
    const x = [means[2 * k] + rng.normal(), means[2 * k + 1] + rng.normal()]
    probabilities.set(gaussianPosterior(x, means, classes).probabilities, r * classes)
  }
  return { classes, probabilities, labels }
}
