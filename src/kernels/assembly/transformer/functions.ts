// Functions of four numbers at once.

// Numbers that are used in every lane lie in memory: engines build a vector constant anew at each use, of six machine
// instructions, where reading one number into all lanes is one.
const numbers = memory.data<f32>([
  -86, 1.44269504, 12582912, 1.0000001, 0.69314694, 0.2402212, 0.05550713, 0.009675542, 0.0013276472,
  1, -1.5957691216, 0.044715, 80, 1.5957691216, 0.134145,
])

// @ts-ignore: decorator
@inline
function number(i: usize): v128 {
  return v128.load32_splat(numbers + (i << 2))
}

/** exp(x) for |x| < 86 to 2e-7 relative and 6e-8 |x|; 2^f by the polynomial of Cephes' exp2f. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  return expInside(f32x4.pmax(x, number(0)))
}

/** The same for x above -86 only. */
// @ts-ignore: decorator
@inline
export function expInside(x: v128): v128 {
  const y = f32x4.mul(x, number(1))
  // Adding 1.5 * 2^23 rounds to an integer and leaves it at the bottom of the word.
  const big = number(2)
  const r = f32x4.add(y, big)
  const f = f32x4.sub(y, f32x4.sub(r, big))
  // Pairs of terms, so that one product need not wait for the other.
  const f2 = f32x4.mul(f, f)
  const low = f32x4.add(f32x4.mul(number(4), f), number(3))
  const middle = f32x4.add(f32x4.mul(number(6), f), number(5))
  const high = f32x4.add(f32x4.mul(number(8), f), number(7))
  const p = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(high, f2), middle), f2), low)
  return i32x4.add(p, i32x4.shl(r, 23))
}

// @ts-ignore: decorator
@inline
export function sum4(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
}

/** GELU in its tanh form, x σ(2 √(2/π) (x + 0.044715 x³)), in place, and its slope. */
export function gelu(count: i32, x: usize, slopes: usize): void {
  const end = x + (<usize>count << 2)
  for (; x < end; x += 16) {
    const a = v128.load(x)
    const square = f32x4.mul(a, a)
    const inner = f32x4.mul(f32x4.mul(a, number(10)), f32x4.add(number(9), f32x4.mul(number(11), square)))
    const s = f32x4.div(number(9), f32x4.add(number(9), exp4(f32x4.pmin(inner, number(12)))))
    const y = f32x4.mul(a, s)
    const rise = f32x4.mul(number(13), f32x4.add(number(9), f32x4.mul(number(14), square)))
    v128.store(x, y)
    v128.store(slopes, f32x4.add(s, f32x4.mul(f32x4.mul(y, f32x4.sub(number(9), s)), rise)))
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
