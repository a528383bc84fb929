import type { Kernels } from '../kernels/create-kernels.ts'
import { loadKernels } from '../kernels/load-kernels.ts'
import { mlpKernel } from './mlp-kernel.ts'
import { meanOfItems, mlpInputs, runMlp, unpooled, type Mlp } from './mlp.ts'

/** Rows [rows, inputs] to latent coordinates [rows, outputs]. */
export type RowEncoder = (x: Float32Array, rows: number) => Float32Array

export const plainRowEncoder =
  (mlp: Mlp): RowEncoder =>
  (x, rows) =>
    runMlp(mlp, x, rows)

/** Of the kernels' coordinates from those of the plain loop, relative to the largest coordinate of the rows compared. */
export const mostDeviation = 1e-5

const comparedRows = 64

/**
 * A network for many rows: our kernels, several times as fast as the plain loop, if they agree with it on the first
 * rows that come; else the loop.
 */
export function createRowEncoder(mlp: Mlp, kernels: Pick<Kernels, 'createNetwork'>): RowEncoder {
  const plain = plainRowEncoder(mlp)
  const inputs = mlpInputs(mlp)
  const onKernels = kernelEncoder(mlp, kernels)
  let chosen: RowEncoder | undefined

  function choose(x: Float32Array, rows: number): RowEncoder {
    const count = Math.min(rows, comparedRows)
    const expected = runMlp(mlp, x.subarray(0, count * inputs), count)
    const actual = onKernels(x.subarray(0, count * inputs), count)
    const scale = expected.reduce((largest, z) => Math.max(largest, Math.abs(z)), 0)
    const agree = expected.every((z, i) => Math.abs(actual[i] - z) <= mostDeviation * scale)
    return agree ? onKernels : plain
  }

  return (x, rows) => {
    // The loop says what is wrong with rows of another width.
    if (rows === 0 || x.length !== rows * inputs) return plain(x, rows)
    chosen ??= choose(x, rows)
    return chosen(x, rows)
  }
}

function kernelEncoder(mlp: Mlp, kernels: Pick<Kernels, 'createNetwork'>): RowEncoder {
  if (!mlp.pool) {
    const network = mlpKernel(kernels, mlp)
    return (x, rows) => network.predict(x, rows)
  }
  const { items, layers } = mlp.pool
  const [ofItems, ofSets] = unpooled(mlp, layers).map((part) => mlpKernel(kernels, part))
  return (x, rows) => ofSets.predict(meanOfItems(ofItems.predict(x, rows * items), rows, items), rows)
}

let loading: Promise<Kernels | null> | undefined

/** The kernels of this thread; null where they do not load, which costs time but no result. */
export function kernelsIfAny(): Promise<Kernels | null> {
  return (loading ??= loadKernels().catch(() => null))
}

export async function loadRowEncoder(mlp: Mlp): Promise<RowEncoder> {
  const kernels = await kernelsIfAny()
  return kernels ? createRowEncoder(mlp, kernels) : plainRowEncoder(mlp)
}

/** Products above which kernels are worth their making, and the plain loop would hold up a training [~0.3 s]. */
const mostPlainProducts = 5e8

/** Rows through a network once, by whichever is faster: the plain loop for small work, else the kernels. */
export async function encodeRows(mlp: Mlp, x: Float32Array, rows: number): Promise<Float32Array> {
  const products = mlp.layers.reduce(
    (sum, { kernel }, layer) =>
      sum + kernel.length * (mlp.pool && layer < mlp.pool.layers ? mlp.pool.items : 1),
    0,
  )
  return rows * products > mostPlainProducts ? (await loadRowEncoder(mlp))(x, rows) : runMlp(mlp, x, rows)
}
