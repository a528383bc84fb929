import { liveUniverse } from '../../analysis/live-universe.ts'
import { operatorNames } from '../../../../physics/smeft/operators.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'

/**
 * Coefficients that bring the live dot to a place on the map: damped least-norm steps in units of the prior's half
 * widths (Gauss-Newton on the two displayed latent axes). Coefficients stay within the sliders' range.
 */
export function coefficientsAt(
  open: OpenDataset,
  start: Float64Array,
  order: EftOrder,
  target: { x: number; y: number },
): Float64Array {
  const { universeModel: model } = open.header
  const { mlp } = open.encoder
  const n = operatorNames.length
  const c = Float64Array.from(start)
  const at = (values: Float64Array) => liveUniverse(model, mlp, values, order).latent
  for (let step = 0; step < 6; step++) {
    const z = at(c)
    const miss = [target.x - z[0], target.y - z[1]]
    const jacobian = new Float64Array(2 * n)
    for (let o = 0; o < n; o++) {
      const h = 0.01 * model.prior.halfWidth[o]
      const moved = Float64Array.from(c)
      moved[o] += h
      const to = at(moved)
      jacobian[o] = (to[0] - z[0]) / 0.01
      jacobian[n + o] = (to[1] - z[1]) / 0.01
    }
    // (J J^T + damping)^-1 for the 2 x 2 normal matrix; damping keeps folds of the map from throwing the dot away.
    let [xx, xy, yy] = [1e-9, 0, 1e-9]
    for (let o = 0; o < n; o++) {
      xx += jacobian[o] ** 2
      xy += jacobian[o] * jacobian[n + o]
      yy += jacobian[n + o] ** 2
    }
    const damping = 1e-3 * (xx + yy)
    const determinant = (xx + damping) * (yy + damping) - xy * xy
    const wx = ((yy + damping) * miss[0] - xy * miss[1]) / determinant
    const wy = ((xx + damping) * miss[1] - xy * miss[0]) / determinant
    for (let o = 0; o < n; o++) {
      const h = model.prior.halfWidth[o]
      c[o] = Math.max(-h, Math.min(h, c[o] + h * (jacobian[o] * wx + jacobian[n + o] * wy)))
    }
    if (Math.hypot(miss[0], miss[1]) < 1e-3) break
  }
  return c
}
