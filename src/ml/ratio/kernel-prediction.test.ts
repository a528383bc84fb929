import { expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { loadKernels } from '../../kernels/load-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import { createKernelPredictor } from './kernel-prediction.ts'
import { predictRatios, type RatioNetwork } from './ratio-network.ts'
import { countRatioParameters, ratioMlp } from './ratio-parameters.ts'

function network(seed: number): RatioNetwork {
  const architecture = { inputs: 2, widths: [7, 5], outputs: 3 }
  const rng = createRng(seed)
  const flat = Float32Array.from({ length: countRatioParameters(architecture) }, () => rng.normal())
  return {
    features: ['m_tt', 'y_tt'],
    terms: ['td8', 'td8^2'],
    scaler: { centre: [7, 0], scale: [0.5, 1], log: [true, false] },
    mlp: ratioMlp(architecture, flat),
    decoder: {
      kind: 'joint',
      bounds: [
        [0, 1],
        [-1, 2],
        [0, 3],
      ],
    },
  }
}

it('kernels predict what plain JavaScript predicts, for several networks in turn', async () => {
  const rows = 500
  const rng = createRng(9)
  const x = Float32Array.from({ length: 2 * rows }, (_, i) =>
    i % 2 ? rng.normal() : 500 + 2000 * rng.uniform(),
  )
  const predict = createKernelPredictor(await loadKernels())
  const networks = [network(1), network(2)]
  for (const one of [...networks, networks[0]]) {
    const plain = predictRatios(one, x)
    const fast = predict(one, x)
    expect(fast.length).toBe(2 * rows)
    // Sums of float32 products; ratios are quotients of sigmoids of them.
    fast.forEach((value, i) =>
      expect(Math.abs(value - plain[i])).toBeLessThan(2e-5 * (1 + Math.abs(plain[i]))),
    )
  }
})
