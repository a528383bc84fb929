import { firstEventToken, objectScalars } from '../tokens/token-layout.ts'
import type { TokenScaling } from '../tokens/token-scaling.ts'
import type { Imputer } from './imputers.ts'

const [pt, eta, phi, px, py, pz] = objectScalars.map((_, k) => k)
/** Below this a division tells nothing. */
const tiny = 1e-3

/**
 * What of a masked scalar follows by algebra from those of its object that are seen: (px, py, pz) from (pT, η, φ) and back, and
 * what fewer of them fix. Where nothing does, the mean.
 */
export function algebraicImputer({ mean, deviation }: TokenScaling): Imputer {
  return ({ rows, values, filled, masked }) => {
    const out = new Float32Array(values.length)
    const tokens = values.length / rows
    const object = new Float64Array(objectScalars.length)
    for (let r = 0; r < rows; r++)
      for (let t = 0; t < firstEventToken; t += objectScalars.length) {
        const at = r * tokens + t
        if (filled[at] === 0) continue
        for (let k = 0; k < object.length; k++)
          object[k] = masked[at + k] === 1 ? NaN : mean[t + k] + deviation[t + k] * values[at + k]
        solve(object)
        for (let k = 0; k < object.length; k++)
          if (Number.isFinite(object[k])) out[at + k] = (object[k] - mean[t + k]) / deviation[t + k]
      }
    return out
  }
}

/** Fills in what follows; NaN is what is not known. Twice: φ from px and py gives no more px, but pT from px and φ gives py. */
function solve(o: Float64Array): void {
  const know = (k: number, value: number): void => {
    if (Number.isNaN(o[k])) o[k] = value
  }
  for (let round = 0; round < 2; round++) {
    know(pt, Math.hypot(o[px], o[py]))
    if (Math.abs(Math.cos(o[phi])) > tiny) know(pt, o[px] / Math.cos(o[phi]))
    if (Math.abs(Math.sin(o[phi])) > tiny) know(pt, o[py] / Math.sin(o[phi]))
    if (Math.abs(o[eta]) > tiny) know(pt, o[pz] / Math.sinh(o[eta]))
    know(phi, Math.atan2(o[py], o[px]))
    know(eta, Math.asinh(o[pz] / o[pt]))
    know(px, o[pt] * Math.cos(o[phi]))
    know(py, o[pt] * Math.sin(o[phi]))
    know(pz, o[pt] * Math.sinh(o[eta]))
  }
}
