import { createMlpRunner, mlpOutputs, type Mlp } from '../../../../ml/mlp.ts'
import type { Whitening } from '../whitening.ts'

/** Which bins carried a spectrum from the Standard Model to its place, per latent axis. */
export interface Attribution {
  latentDim: number
  /** Share of every bin of the spectrum; sums to the displacement. */
  perBin: Float64Array // [d, bins]
  /** Share of every decorrelated bin: what bin b says beyond the bins before it. Same sums. */
  perWhitened: Float64Array // [d, bins]
  displacement: Float64Array // [d], z(x) - z(SM)
  /** Largest |sum of shares - displacement| over |displacement|: the error of the quadrature. */
  completeness: number
}

/**
 * Integrated gradients along the straight line from the Standard Model to a spectrum, midpoint rule. The line is
 * straight in bins and in whitened coordinates alike, so both attributions come from the same gradients.
 * Source: Sundararajan, Taly, Yan, arXiv:1703.01365, eqs. (1) and (3).
 *
 * @param whitened  [bins], L^-1 (x - SM)
 */
export function integratedGradients(
  encoder: Mlp,
  whitening: Pick<Whitening, 'inverse' | 'cholesky'>,
  whitened: ArrayLike<number>,
  steps = 128,
): Attribution {
  const bins = whitened.length
  const d = mlpOutputs(encoder)
  const runner = createMlpRunner(encoder)
  const mean = new Float64Array(d * bins)
  const x = new Float64Array(bins)
  for (let s = 0; s < steps; s++) {
    for (let b = 0; b < bins; b++) x[b] = ((s + 0.5) / steps) * whitened[b]
    const jacobian = runner.jacobian(x)
    for (let i = 0; i < mean.length; i++) mean[i] += jacobian[i] / steps
  }
  const from = new Float64Array(d)
  const to = new Float64Array(d)
  runner.run(new Float64Array(bins), from)
  runner.run(whitened, to)
  const displacement = to.map((value, k) => value - from[k])

  const perWhitened = mean.map((value, at) => value * whitened[at % bins])
  const perBin = new Float64Array(d * bins)
  for (let b = 0; b < bins; b++) {
    let moved = 0 // x_b - SM_b = (L w)_b
    for (let j = 0; j <= b; j++) moved += whitening.cholesky[b * bins + j] * whitened[j]
    for (let k = 0; k < d; k++) {
      let gradient = 0 // d z_k / d x_b = sum_i (dz_k/dw_i) (L^-1)_ib
      for (let i = b; i < bins; i++) gradient += mean[k * bins + i] * whitening.inverse[i * bins + b]
      perBin[k * bins + b] = gradient * moved
    }
  }
  let worst = 0
  for (let k = 0; k < d; k++) {
    const sum = perWhitened.subarray(k * bins, (k + 1) * bins).reduce((total, value) => total + value, 0)
    worst = Math.max(worst, Math.abs(sum - displacement[k]))
  }
  const length = Math.hypot(...displacement)
  return { latentDim: d, perBin, perWhitened, displacement, completeness: length > 0 ? worst / length : 0 }
}
