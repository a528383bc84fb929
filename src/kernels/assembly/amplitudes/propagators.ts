import { add, at, mul, SPINOR, spread, sub } from './pairs'

// Propagators of off-shell currents, in place, for `count` spinors or vectors from `place` on. p is the momentum that
// flows into the current (incoming minus outgoing legs).

// @ts-ignore: decorator
@inline
function square(p: usize): f64 {
  const t = load<f64>(p)
  const x = load<f64>(p, 8)
  const y = load<f64>(p, 16)
  const z = load<f64>(p, 24)
  return t * t - x * x - y * y - z * z
}

/** (slash(p) + m) column / (p² - m²). */
export function propagateColumns(place: usize, count: i32, p: usize, mass: f64): void {
  const f = 1 / (square(p) - mass * mass)
  const upper = f64x2.splat(f * (load<f64>(p) - load<f64>(p, 24)))
  const lower = f64x2.splat(f * (load<f64>(p) + load<f64>(p, 24)))
  const x = f64x2.splat(f * load<f64>(p, 8))
  const y = f64x2.splat(f * load<f64>(p, 16))
  const m = f64x2.splat(f * mass)
  for (let i = 0; i < count; i++, place += SPINOR) {
    const s = at(place)
    const a = s.r0
    const b = s.i0
    const c = s.r1
    const d = s.i1
    const e = s.r2
    const g = s.i2
    const h = s.r3
    const k = s.i3
    s.r0 = add(sub(sub(mul(upper, e), mul(x, h)), mul(y, k)), mul(m, a))
    s.i0 = add(add(sub(mul(upper, g), mul(x, k)), mul(y, h)), mul(m, b))
    s.r1 = add(add(sub(mul(lower, h), mul(x, e)), mul(y, g)), mul(m, c))
    s.i1 = add(sub(sub(mul(lower, k), mul(x, g)), mul(y, e)), mul(m, d))
    s.r2 = add(add(add(mul(lower, a), mul(x, c)), mul(y, d)), mul(m, e))
    s.i2 = add(sub(add(mul(lower, b), mul(x, d)), mul(y, c)), mul(m, g))
    s.r3 = add(sub(add(mul(upper, c), mul(x, a)), mul(y, b)), mul(m, h))
    s.i3 = add(add(add(mul(upper, d), mul(x, b)), mul(y, a)), mul(m, k))
  }
}

/** row (-slash(p) + m) / (p² - m²): a row's momentum runs against its arrow. */
export function propagateRows(place: usize, count: i32, p: usize, mass: f64): void {
  const f = 1 / (square(p) - mass * mass)
  const upper = f64x2.splat(f * (load<f64>(p, 24) - load<f64>(p)))
  const lower = f64x2.splat(-f * (load<f64>(p) + load<f64>(p, 24)))
  const x = f64x2.splat(-f * load<f64>(p, 8))
  const y = f64x2.splat(-f * load<f64>(p, 16))
  const m = f64x2.splat(f * mass)
  for (let i = 0; i < count; i++, place += SPINOR) {
    const s = at(place)
    const a = s.r0
    const b = s.i0
    const c = s.r1
    const d = s.i1
    const e = s.r2
    const g = s.i2
    const h = s.r3
    const k = s.i3
    s.r0 = add(sub(add(mul(lower, e), mul(x, h)), mul(y, k)), mul(m, a))
    s.i0 = add(add(add(mul(lower, g), mul(x, k)), mul(y, h)), mul(m, b))
    s.r1 = add(add(add(mul(x, e), mul(y, g)), mul(upper, h)), mul(m, c))
    s.i1 = add(add(sub(mul(x, g), mul(y, e)), mul(upper, k)), mul(m, d))
    s.r2 = add(add(sub(mul(upper, a), mul(x, c)), mul(y, d)), mul(m, e))
    s.i2 = add(sub(sub(mul(upper, b), mul(x, d)), mul(y, c)), mul(m, g))
    s.r3 = add(sub(sub(mul(lower, c), mul(x, a)), mul(y, b)), mul(m, h))
    s.i3 = add(add(sub(mul(lower, d), mul(x, b)), mul(y, a)), mul(m, k))
  }
}

/** vector / p². */
export function propagateGluons(place: usize, count: i32, p: usize): void {
  const f = f64x2.splat(1 / square(p))
  for (let i = 0; i < count; i++, place += SPINOR) {
    const s = at(place)
    s.r0 = mul(f, s.r0)
    s.i0 = mul(f, s.i0)
    s.r1 = mul(f, s.r1)
    s.i1 = mul(f, s.i1)
    s.r2 = mul(f, s.r2)
    s.i2 = mul(f, s.i2)
    s.r3 = mul(f, s.r3)
    s.i3 = mul(f, s.i3)
  }
}

/** (J - p (p·J) / m²) / (p² - m² + i m Γ). */
export function propagateMassive(place: usize, count: i32, p: usize, mass: f64, width: f64): void {
  const real = square(p) - mass * mass
  const imaginary = mass * width
  const norm = 1 / (real * real + imaginary * imaginary)
  const fr = f64x2.splat(real * norm)
  const fi = f64x2.splat(-imaginary * norm)
  const inverse = f64x2.splat(1 / (mass * mass))
  const t = spread(p)
  const x = spread(p + 8)
  const y = spread(p + 16)
  const z = spread(p + 24)
  for (let i = 0; i < count; i++, place += SPINOR) {
    const s = at(place)
    const dotR = mul(inverse, sub(sub(sub(mul(t, s.r0), mul(x, s.r1)), mul(y, s.r2)), mul(z, s.r3)))
    const dotI = mul(inverse, sub(sub(sub(mul(t, s.i0), mul(x, s.i1)), mul(y, s.i2)), mul(z, s.i3)))
    const a0 = sub(s.r0, mul(t, dotR))
    const b0 = sub(s.i0, mul(t, dotI))
    s.r0 = sub(mul(fr, a0), mul(fi, b0))
    s.i0 = add(mul(fr, b0), mul(fi, a0))
    const a1 = sub(s.r1, mul(x, dotR))
    const b1 = sub(s.i1, mul(x, dotI))
    s.r1 = sub(mul(fr, a1), mul(fi, b1))
    s.i1 = add(mul(fr, b1), mul(fi, a1))
    const a2 = sub(s.r2, mul(y, dotR))
    const b2 = sub(s.i2, mul(y, dotI))
    s.r2 = sub(mul(fr, a2), mul(fi, b2))
    s.i2 = add(mul(fr, b2), mul(fi, a2))
    const a3 = sub(s.r3, mul(z, dotR))
    const b3 = sub(s.i3, mul(z, dotI))
    s.r3 = sub(mul(fr, a3), mul(fi, b3))
    s.i3 = add(mul(fr, b3), mul(fi, a3))
  }
}
