// Wave functions of external legs in the chiral basis of dirac.ts. The two components of a helicity eigenvector
// along p, with |p| + p_z taken as p_T²/(|p| - p_z) where p_z < 0, and a branch of its own exactly along -z.

/** Below this share of |p|, p_T counts as none: its square is beneath the rounding of the components. */
const noTransverse = 1e-15

const chi = new Float64Array(4)

/** Helicity two-spinor of a momentum at [p, 4 numbers], sign +1 or -1, to chi (re, im, re, im). */
function twoSpinor(momenta: Float64Array, p: number, sign: number): number {
  const x = momenta[p + 1]
  const y = momenta[p + 2]
  const z = momenta[p + 3]
  const transverse = x * x + y * y
  const size = Math.sqrt(transverse + z * z)
  const sum = z >= 0 ? size + z : transverse / (size - z)
  if (size === 0 || (z < 0 && Math.sqrt(transverse) <= noTransverse * size)) {
    // At rest: spin along z. Along -z: the limit of p_x → 0+, p_y = 0.
    const flipped = z < 0
    chi[0] = sign > 0 ? (flipped ? 0 : 1) : flipped ? -1 : 0
    chi[2] = sign > 0 ? (flipped ? 1 : 0) : flipped ? 0 : 1
    chi[1] = chi[3] = 0
    return size
  }
  const norm = 1 / Math.sqrt(2 * size * sum)
  chi[0] = sign > 0 ? sum * norm : -x * norm
  chi[1] = sign > 0 ? 0 : y * norm
  chi[2] = sign > 0 ? x * norm : sum * norm
  chi[3] = sign > 0 ? y * norm : 0
  return size
}

function fill(w: Float64Array, at: number, left: number, right: number, conjugate: boolean): void {
  const sign = conjugate ? -1 : 1
  for (let k = 0; k < 4; k += 2) {
    w[at + k] = left * chi[k]
    w[at + k + 1] = sign * left * chi[k + 1]
    w[at + 4 + k] = right * chi[k]
    w[at + 4 + k + 1] = sign * right * chi[k + 1]
  }
}

/** Column u(p, helicity ±1) of an incoming particle. */
export function columnU(
  w: Float64Array,
  at: number,
  momenta: Float64Array,
  p: number,
  mass: number,
  helicity: number,
): void {
  const size = twoSpinor(momenta, p, helicity)
  const large = Math.sqrt(momenta[p] + size)
  const small = mass / large
  fill(w, at, helicity > 0 ? small : large, helicity > 0 ? large : small, false)
}

/** Row ū(p, helicity) of an outgoing particle. */
export function rowU(
  w: Float64Array,
  at: number,
  momenta: Float64Array,
  p: number,
  mass: number,
  helicity: number,
): void {
  const size = twoSpinor(momenta, p, helicity)
  const large = Math.sqrt(momenta[p] + size)
  const small = mass / large
  fill(w, at, helicity > 0 ? large : small, helicity > 0 ? small : large, true)
}

/** Column v(p, helicity) of an outgoing antiparticle. */
export function columnV(
  w: Float64Array,
  at: number,
  momenta: Float64Array,
  p: number,
  mass: number,
  helicity: number,
): void {
  const size = twoSpinor(momenta, p, -helicity)
  const large = Math.sqrt(momenta[p] + size)
  const small = mass / large
  fill(w, at, helicity > 0 ? -large : small, helicity > 0 ? small : -large, false)
}

/** Row v̄(p, helicity) of an incoming antiparticle. */
export function rowV(
  w: Float64Array,
  at: number,
  momenta: Float64Array,
  p: number,
  mass: number,
  helicity: number,
): void {
  const size = twoSpinor(momenta, p, -helicity)
  const large = Math.sqrt(momenta[p] + size)
  const small = mass / large
  fill(w, at, helicity > 0 ? small : -large, helicity > 0 ? -large : small, true)
}

/**
 * Linear polarisation of a vector boson, real: index 0 in the plane of p and the z axis, 1 normal to it, 2
 * longitudinal (massive only). At p_T = 0 the first two are the x and y axes, at rest all three are the axes.
 */
export function polarisation(
  w: Float64Array,
  at: number,
  momenta: Float64Array,
  p: number,
  mass: number,
  index: number,
): void {
  const x = momenta[p + 1]
  const y = momenta[p + 2]
  const z = momenta[p + 3]
  const pT = Math.sqrt(x * x + y * y)
  const size = Math.sqrt(x * x + y * y + z * z)
  w.fill(0, at, at + 8)
  if (index === 2) {
    const scale = size === 0 ? 0 : momenta[p] / (mass * size)
    w[at] = size / mass
    w[at + 2] = x * scale
    w[at + 4] = y * scale
    w[at + 6] = size === 0 ? 1 : z * scale
  } else if (pT <= noTransverse * size) w[at + 2 + 2 * index] = 1
  else if (index === 0) {
    w[at + 2] = (x * z) / (pT * size)
    w[at + 4] = (y * z) / (pT * size)
    w[at + 6] = -pT / size
  } else {
    w[at + 2] = -y / pT
    w[at + 4] = x / pT
  }
}
