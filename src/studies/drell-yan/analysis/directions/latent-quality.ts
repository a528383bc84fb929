import { latentSpread, type LatentSpread } from '../../../../ml/latent-spread.ts'
import { mlpOutputs, runMlp, type Mlp } from '../../../../ml/mlp.ts'
import { unitNoise } from '../replicas.ts'

export interface LatentQuality {
  universes: number
  /** Mean squared distance of two replicas of a universe, the cloud scaled to unit mean square radius. */
  alignment: number
  /** ln of the mean of exp(−2 d²) over pairs of universes, same scale: lower is more evenly spread. */
  uniformity: number
  spread: LatentSpread
}

const replicas = 2
const mostUniverses = 600

/**
 * Alignment and uniformity of an encoder on fresh replicas of universes. The original lives on the unit sphere; a
 * Euclidean map has no radius of its own, so the cloud is centred and divided by its root mean square radius.
 * Source: Wang and Isola, arXiv:2005.10242, eqs. (1), (2) with alpha = t = 2.
 *
 * @param whitenedMeans  [universes, bins]
 */
export function latentQuality(
  whitenedMeans: Float32Array,
  bins: number,
  encoder: Mlp,
  keep: readonly number[],
  seed: number,
): LatentQuality {
  const chosen = keep.slice(0, mostUniverses)
  const rows = chosen.length * replicas
  const x = new Float32Array(rows * bins)
  const labels = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    const universe = chosen[Math.floor(row / replicas)]
    const noise = unitNoise(bins, seed, universe, row % replicas)
    labels[row] = universe
    for (let b = 0; b < bins; b++) x[row * bins + b] = whitenedMeans[universe * bins + b] + noise[b]
  }
  const d = mlpOutputs(encoder)
  const z = runMlp(encoder, x, rows)
  const spread = latentSpread(z, labels, d)
  const distance = (i: number, j: number) => {
    let sum = 0
    for (let k = 0; k < d; k++) sum += (z[i * d + k] - z[j * d + k]) ** 2
    return spread.variance > 0 ? sum / spread.variance : 0
  }
  let alignment = 0
  let potential = 0
  for (let i = 0; i < chosen.length; i++) {
    alignment += distance(2 * i, 2 * i + 1) / chosen.length
    for (let j = 0; j < i; j++) potential += Math.exp(-2 * distance(2 * i, 2 * j))
  }
  const pairs = (chosen.length * (chosen.length - 1)) / 2
  return { universes: chosen.length, alignment, uniformity: Math.log(potential / pairs), spread }
}
