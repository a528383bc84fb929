// Functions of four numbers at once.

/** exp(x) for |x| < 87 to 2e-7 relative and 6e-8 |x|; 2^f by the polynomial of Cephes' exp2f. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const y = f32x4.mul(f32x4.pmax(x, f32x4.splat(-86)), f32x4.splat(1.44269504))
  // Adding 1.5 * 2^23 rounds to an integer and leaves it at the bottom of the word.
  const r = f32x4.add(y, f32x4.splat(12582912))
  const f = f32x4.sub(y, f32x4.sub(r, f32x4.splat(12582912)))
  let p = f32x4.splat(1.535336188e-4)
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1.339887440e-3))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(9.618437357e-3))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(5.550332471e-2))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.2402264791))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.6931472029))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1))
  return i32x4.add(p, i32x4.shl(r, 23))
}

// @ts-ignore: decorator
@inline
export function sum4(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
}

const STEEPNESS: f32 = 1.5957691216
const CUBIC: f32 = 0.044715

/** GELU in its tanh form, x σ(2 √(2/π) (x + 0.044715 x³)), in place, and its slope. */
export function gelu(count: i32, x: usize, slopes: usize): void {
  const end = x + (<usize>count << 2)
  const one = f32x4.splat(1)
  for (; x < end; x += 16) {
    const a = v128.load(x)
    const square = f32x4.mul(a, a)
    const inner = f32x4.mul(f32x4.mul(a, f32x4.splat(-STEEPNESS)), f32x4.add(one, f32x4.mul(f32x4.splat(CUBIC), square)))
    const s = f32x4.div(one, f32x4.add(one, exp4(f32x4.pmin(inner, f32x4.splat(80)))))
    const y = f32x4.mul(a, s)
    const rise = f32x4.mul(f32x4.splat(STEEPNESS), f32x4.add(one, f32x4.mul(f32x4.splat(3 * CUBIC), square)))
    v128.store(x, y)
    v128.store(slopes, f32x4.add(s, f32x4.mul(f32x4.mul(y, f32x4.sub(one, s)), rise)))
    slopes += 16
  }
}

/** y *= factors, number by number. */
export function multiply(count: i32, y: usize, factors: usize): void {
  const end = y + (<usize>count << 2)
  for (; y < end; y += 16) {
    v128.store(y, f32x4.mul(v128.load(y), v128.load(factors)))
    factors += 16
  }
}
