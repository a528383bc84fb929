import { observableAt } from './observables.ts'

/**
 * Fills the true quantities of an event from the momenta [6, 4] of its final particles in the laboratory: the inverse of
 * placeMomenta. Beam 1 goes along +z; the pair is taken to have no transverse momentum, as at leading order.
 */
export function truthFromMomenta(p: Float64Array, values: Float64Array): void {
  const top = sumOf(p, 0)
  const antitop = sumOf(p, 12)
  const pair = top.map((x, k) => x + antitop[k])
  values[observableAt.m_tt] = mass(pair)
  values[observableAt.y_tt] = 0.5 * Math.log((pair[0] + pair[3]) / (pair[0] - pair[3]))
  values[observableAt.pt_t] = Math.sqrt(top[1] * top[1] + top[2] * top[2])

  const frameOf = (q: ArrayLike<number>) => toRest(pair, q)
  const k = unit(frameOf(top))
  const c = k[2]
  const sine = Math.sqrt(Math.max(1e-300, 1 - c * c))
  const r = [-c * k[0], -c * k[1], 1 - c * c].map((x) => x / sine)
  const n = [r[1] * k[2] - r[2] * k[1], r[2] * k[0] - r[0] * k[2], r[0] * k[1] - r[1] * k[0]]
  values[observableAt.cos_theta] = c
  const direction = (parent: number[], particle: number, at: number): void => {
    const lepton = frameOf(p.subarray(4 * particle, 4 * particle + 4))
    const along = unit(toRest(frameOf(parent), lepton))
    ;[r, n, k].forEach((axis, i) => {
      values[at + i] = axis[0] * along[0] + axis[1] * along[1] + axis[2] * along[2]
    })
  }
  direction(top, 0, observableAt.plus_r)
  direction(antitop, 3, observableAt.minus_r)
}

/** Three momenta in a row. */
function sumOf(p: Float64Array, at: number): number[] {
  return [0, 1, 2, 3].map((k) => p[at + k] + p[at + 4 + k] + p[at + 8 + k])
}

function mass([e, x, y, z]: number[]): number {
  return Math.sqrt(Math.max(0, e * e - x * x - y * y - z * z))
}

/** q in the rest frame of p, by the boost without rotation. */
function toRest(p: number[], q: ArrayLike<number>): number[] {
  const m = mass(p)
  const energy = (p[0] * q[0] - p[1] * q[1] - p[2] * q[2] - p[3] * q[3]) / m
  const f = (energy + q[0]) / (p[0] + m)
  return [energy, q[1] - f * p[1], q[2] - f * p[2], q[3] - f * p[3]]
}

function unit([, x, y, z]: number[]): number[] {
  const length = Math.sqrt(x * x + y * y + z * z)
  return [x / length, y / length, z / length]
}
