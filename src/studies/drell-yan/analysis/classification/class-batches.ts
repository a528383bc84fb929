import type { ClassifierConfig } from '../../../../ml/classifier/classifier-config.ts'
import { outside } from '../../../../ml/classifier/heads.ts'
import type { ClassifierBatches } from '../../../../ml/classifier/train-classifier.ts'
import { createRng, type Rng } from '../../../../numerics/rng.ts'
import type { Gallery } from './gallery.ts'

/**
 * Batches of replicas with fresh noise, every class equally likely; a Dirichlet prior network gets as many rows of
 * `outsideMeans` again, with noise too.
 *
 * @param outsideMeans  [n, bins] whitened, or empty
 */
export function classBatches(
  gallery: Gallery,
  outsideMeans: Float32Array,
  { seed, batch, method }: Pick<ClassifierConfig, 'seed' | 'batch' | 'method'>,
): ClassifierBatches {
  const classes = gallery.universes.length
  const bins = gallery.means.length / classes
  const others = outsideMeans.length / bins
  const extra = method === 'dpn' && others > 0 ? batch : 0
  const root = createRng(seed).split('class-batch')
  return {
    next(step) {
      const rng = root.split(step)
      const x = new Float32Array((batch + extra) * bins)
      const labels = new Int32Array(batch + extra)
      for (let row = 0; row < batch + extra; row++) {
        const known = row < batch
        const from = rng.integer(known ? classes : others)
        labels[row] = known ? from : outside
        addNoise(
          known ? gallery.means : outsideMeans,
          from,
          bins,
          rng,
          x.subarray(row * bins, (row + 1) * bins),
        )
      }
      return { x, labels }
    },
  }
}

/** out = row of means + unit noise */
export function addNoise(means: Float32Array, row: number, bins: number, rng: Rng, out: Float32Array): void {
  for (let b = 0; b < bins; b++) out[b] = means[row * bins + b] + rng.normal()
}
