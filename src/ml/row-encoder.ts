import type { Kernels } from '../kernels/create-kernels.ts'
import { loadKernels } from '../kernels/load-kernels.ts'
import { mlpKernel } from './mlp-kernel.ts'
import { mlpInputs, runMlp, type Mlp } from './mlp.ts'

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
  const network = mlpKernel(kernels, mlp)
  let chosen: RowEncoder | undefined

  function choose(x: Float32Array, rows: number): RowEncoder {
    const count = Math.min(rows, comparedRows)
    const expected = runMlp(mlp, x.subarray(0, count * inputs), count)
    const actual = network.predict(x.subarray(0, count * inputs), count)
    const scale = expected.reduce((largest, z) => Math.max(largest, Math.abs(z)), 0)
    const agree = expected.every((z, i) => Math.abs(actual[i] - z) <= mostDeviation * scale)
    return agree ? (all, n) => network.predict(all, n) : plain
  }

  return (x, rows) => {
    // The loop says what is wrong with rows of another width.
    if (rows === 0 || x.length !== rows * inputs) return plain(x, rows)
    chosen ??= choose(x, rows)
    return chosen(x, rows)
  }
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
