import { expect, it } from 'vitest'
import { loadKernels } from '../kernels/load-kernels.ts'
import { createRng } from '../numerics/rng.ts'
import { foldBatchNorm, initialiseParameters } from './encoder-parameters.ts'
import { runMlp } from './mlp.ts'
import { createRowEncoder, loadRowEncoder, mostDeviation } from './row-encoder.ts'

const kernels = await loadKernels()
const rng = createRng(5)
const mlp = foldBatchNorm(
  initialiseParameters({ features: 71, widths: [128, 64, 32], latentDim: 2 }, createRng(1)),
)
const rows = 500
const x = Float32Array.from({ length: rows * 71 }, () => 3 * rng.normal())
const expected = runMlp(mlp, x, rows)
const scale = Math.max(...expected.map(Math.abs))
const deviation = (actual: Float32Array) =>
  Math.max(...actual.map((z, i) => Math.abs(z - expected[i]))) / scale

it('gives the coordinates of the plain loop to 1e-5, by other code', async () => {
  const actual = createRowEncoder(mlp, kernels)(x, rows)
  expect(actual).toHaveLength(2 * rows)
  expect(deviation(actual)).toBeLessThan(mostDeviation)
  expect(deviation(actual)).toBeGreaterThan(0)
  expect(await loadRowEncoder(mlp).then((encode) => encode(x, rows))).toEqual(actual)
})

it('does without kernels that disagree, after one look', () => {
  let predictions = 0
  const wrong: Pick<typeof kernels, 'createNetwork'> = {
    createNetwork(spec) {
      const network = kernels.createNetwork(spec)
      const { predict } = network
      network.predict = (all, n) => {
        predictions++
        return predict.call(network, all, n).map((z) => 1.001 * z)
      }
      return network
    },
  }
  const encode = createRowEncoder(mlp, wrong)
  expect(encode(x, rows)).toEqual(expected)
  expect(encode(x, rows)).toEqual(expected)
  expect(predictions).toBe(1)
})

it('takes no rows, and says what is wrong with rows of another width', () => {
  const encode = createRowEncoder(mlp, kernels)
  expect(encode(new Float32Array(0), 0)).toHaveLength(0)
  expect(() => encode(new Float32Array(70), 1)).toThrow(/takes 71 features per row.*got 70/)
})
