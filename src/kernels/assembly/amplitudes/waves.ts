// Wave functions of external legs, the same as in physics/amplitudes/wave-functions.ts. `lane` is 0 or 8: where in a
// pair the number goes.

/** Below this share of |p|, p_T counts as none. */
const NO_TRANSVERSE: f64 = 1e-15

let chi0r: f64 = 0
let chi0i: f64 = 0
let chi1r: f64 = 0
let chi1i: f64 = 0

/** Helicity two-spinor of the momentum at p; returns |p|. */
function twoSpinor(p: usize, sign: i32): f64 {
  const x = load<f64>(p, 8)
  const y = load<f64>(p, 16)
  const z = load<f64>(p, 24)
  const transverse = x * x + y * y
  const size = sqrt<f64>(transverse + z * z)
  const sum = z >= 0 ? size + z : transverse / (size - z)
  chi0i = 0
  chi1i = 0
  if (size == 0 || (z < 0 && sqrt<f64>(transverse) <= NO_TRANSVERSE * size)) {
    const flipped = z < 0
    chi0r = sign > 0 ? (flipped ? 0 : 1) : flipped ? -1 : 0
    chi1r = sign > 0 ? (flipped ? 1 : 0) : flipped ? 0 : 1
    return size
  }
  const norm = 1 / sqrt<f64>(2 * size * sum)
  if (sign > 0) {
    chi0r = sum * norm
    chi1r = x * norm
    chi1i = y * norm
  } else {
    chi0r = -x * norm
    chi0i = y * norm
    chi1r = sum * norm
  }
  return size
}

// @ts-ignore: decorator
@inline
function fill(at: usize, left: f64, right: f64, sign: f64): void {
  store<f64>(at, left * chi0r)
  store<f64>(at, sign * left * chi0i, 16)
  store<f64>(at, left * chi1r, 32)
  store<f64>(at, sign * left * chi1i, 48)
  store<f64>(at, right * chi0r, 64)
  store<f64>(at, sign * right * chi0i, 80)
  store<f64>(at, right * chi1r, 96)
  store<f64>(at, sign * right * chi1i, 112)
}

/** u (antiparticle false) or v, as column or row; helicity +1 or -1. */
export function spinor(at: usize, p: usize, mass: f64, helicity: i32, anti: bool, row: bool): void {
  const size = twoSpinor(p, anti ? -helicity : helicity)
  const large = sqrt<f64>(load<f64>(p) + size)
  const small = mass / large
  const up = helicity > 0
  let left = up ? small : large
  let right = up ? large : small
  if (anti) {
    left = up ? -large : small
    right = up ? small : -large
  }
  // γ⁰ of the conjugate swaps the halves.
  fill(at, row ? right : left, row ? left : right, row ? -1 : 1)
}

/** Linear polarisation 0 in the plane of p and z, 1 normal to it, 2 longitudinal. */
export function polarisation(at: usize, p: usize, mass: f64, index: i32): void {
  const x = load<f64>(p, 8)
  const y = load<f64>(p, 16)
  const z = load<f64>(p, 24)
  const pT = sqrt<f64>(x * x + y * y)
  const size = sqrt<f64>(x * x + y * y + z * z)
  let e0: f64 = 0
  let e1: f64 = 0
  let e2: f64 = 0
  let e3: f64 = 0
  if (index == 2) {
    const scale = size == 0 ? 0 : load<f64>(p) / (mass * size)
    e0 = size / mass
    e1 = x * scale
    e2 = y * scale
    e3 = size == 0 ? 1 : z * scale
  } else if (pT <= NO_TRANSVERSE * size) {
    if (index == 0) e1 = 1
    else e2 = 1
  } else if (index == 0) {
    e1 = (x * z) / (pT * size)
    e2 = (y * z) / (pT * size)
    e3 = -pT / size
  } else {
    e1 = -y / pT
    e2 = x / pT
  }
  store<f64>(at, e0)
  store<f64>(at, e1, 32)
  store<f64>(at, e2, 64)
  store<f64>(at, e3, 96)
  // Imaginary parts are never written: memory begins as zeros.
}
