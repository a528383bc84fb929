import { expect, it } from 'vitest'
import { hasSimd } from '../../kernels/create-kernels.ts'
import { loadTsneKernel } from '../../kernels/load-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import { tsne } from './tsne.ts'

it.skipIf(!hasSimd())(
  '2,000 points by 1,000 iterations take at most 10 s of one core with SIMD128',
  { timeout: 60_000 },
  async () => {
    const rng = createRng(1)
    const values = Float32Array.from({ length: 2000 * 50 }, () => rng.normal())
    const kernel = await loadTsneKernel()
    const before = process.cpuUsage()
    let iterations = 0
    for (const report of tsne({ n: 2000, dimensions: 50, values, metric: 'euclidean', seed: 1, kernel }))
      iterations = report.iteration
    expect(iterations).toBe(1000)
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10)
  },
)
