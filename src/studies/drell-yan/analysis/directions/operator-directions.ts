import { createMlpRunner, mlpOutputs, type Mlp } from '../../../../ml/mlp.ts'
import { multiply, symmetricEigen, transpose } from '../../../../numerics/linear-algebra.ts'
import { operatorNames } from '../../../../physics/smeft/operators.ts'

/** How the operators push the Standard Model, in spectra and on the map of an encoder. */
export interface OperatorDirections {
  latentDim: number
  /** |B_o|: Fisher distance per unit of the coefficient, in standard deviations per TeV⁻². */
  speed: Float64Array // [17]
  /** J B_o: latent displacement per TeV⁻², J the encoder's Jacobian at the Standard Model. */
  step: Float64Array // [17, d]
  /** The same in units of the latent noise: (J Jᵀ)^-1/2 J B_o. */
  noiseStep: Float64Array // [17, d]
  /** |noiseStep| / |B_o| ≤ 1: the share of the Fisher distance that the encoder keeps for small coefficients. */
  efficiency: Float64Array // [17]
}

/** Axes of the latent noise below this part of the largest one carry nothing. */
const flat = 1e-10

/** @param whitenedLinear  [17, bins] */
export function operatorDirections(whitenedLinear: Float64Array, encoder: Mlp): OperatorDirections {
  const n = operatorNames.length
  const bins = whitenedLinear.length / n
  const d = mlpOutputs(encoder)
  const jacobian = createMlpRunner(encoder).jacobian(new Float64Array(bins))
  const step = multiply(whitenedLinear, transpose(jacobian, d, bins), n, bins, d)
  const noise = multiply(jacobian, transpose(jacobian, d, bins), d, bins, d)
  const { values, vectors } = symmetricEigen(noise, d)
  const root = new Float64Array(d * d)
  for (let k = 0; k < d; k++) {
    if (!(values[k] > flat * values[0])) continue
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++)
        root[i * d + j] += (vectors[k * d + i] * vectors[k * d + j]) / Math.sqrt(values[k])
  }
  const noiseStep = multiply(step, root, n, d, d)
  const speed = rowLengths(whitenedLinear, n, bins)
  const kept = rowLengths(noiseStep, n, d)
  const efficiency = speed.map((length, o) => (length > 0 ? kept[o] / length : 0))
  return { latentDim: d, speed, step, noiseStep, efficiency }
}

function rowLengths(rows: Float64Array, n: number, width: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => Math.hypot(...rows.subarray(i * width, (i + 1) * width)))
}

/** 1 − |cos| between rows, as distances for clustering; a row of zeros is at distance 1 from all. @returns [n, n] */
export function cosineDistances(rows: Float64Array, n: number): Float64Array {
  const width = rows.length / n
  const lengths = rowLengths(rows, n, width)
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      let dot = 0
      for (let k = 0; k < width; k++) dot += rows[i * width + k] * rows[j * width + k]
      const both = lengths[i] * lengths[j]
      out[i * n + j] = out[j * n + i] = 1 - (both > 0 ? Math.min(1, Math.abs(dot) / both) : 0)
    }
  return out
}

/** Pearson correlation of every latent axis with every coefficient over universes. @returns [d, 17] */
export function axisCorrelations(
  latent: Float32Array, // [universes, d]
  coefficients: Float64Array, // [universes, 17]
  keep: readonly number[],
): Float64Array {
  const n = operatorNames.length
  const d = (latent.length * n) / coefficients.length
  const out = new Float64Array(d * n)
  for (let k = 0; k < d; k++)
    for (let o = 0; o < n; o++)
      out[k * n + o] = pearson(
        keep.map((u) => latent[u * d + k]),
        keep.map((u) => coefficients[u * n + o]),
      )
  return out
}

function pearson(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length
  const [ma, mb] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - ma) * (b[i] - mb)
    aa += (a[i] - ma) ** 2
    bb += (b[i] - mb) ** 2
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0
}
