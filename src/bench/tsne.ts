import { loadTsneKernel } from '../kernels/load-kernels.ts'
import { createRng } from '../numerics/rng.ts'
import { tsne } from '../statistics/embedding/tsne.ts'
import { measure } from './measure.ts'
import { below, type BenchRow } from './report.ts'

const [n, dimensions] = [2000, 50]

/** Exact t-SNE of 2,000 points, all 1,000 iterations. */
export async function* tsneRows(): AsyncGenerator<BenchRow, void> {
  const rng = createRng(1)
  const values = Float32Array.from({ length: n * dimensions }, () => rng.normal())
  const kernel = await loadTsneKernel()
  const once = (): number => {
    let iterations = 0
    for (const report of tsne({ n, dimensions, values, metric: 'euclidean', seed: 1, kernel }))
      iterations = report.iteration
    return iterations
  }
  yield {
    name: 't-SNE, 2,000 points, 1,000 iterations',
    value: await measure(once, { warmUps: 0, least: 3, seconds: 1 }),
    target: below(10_000),
    note: kernel ? '' : 'without SIMD128',
  }
}
