// Arithmetic on one group of f32 lanes. V is v128 (four lanes) where the machine has SIMD128, f32 (one lane)
// where not: every loop above is written once for both. The branches are decided by the compiler.

// @ts-ignore: decorator
@inline
export function bytesOf<V>(): usize {
  return isVector<V>() ? 16 : 4
}

/** The neighbouring group; a literal offset, because WebAssembly adds literals to an address for nothing. */
// @ts-ignore: decorator
@inline
export function second<V>(p: usize): V {
  if (isVector<V>()) return load<V>(p, 16)
  else return load<V>(p, 4)
}

// @ts-ignore: decorator
@inline
export function storeSecond<V>(p: usize, x: V): void {
  if (isVector<V>()) store<V>(p, x, 16)
  else store<V>(p, x, 4)
}

/** The k-th f32 at p (k literal, 0 to 3) in every lane. */
// @ts-ignore: decorator
@inline
export function spread<V>(p: usize, k: i32): V {
  if (isVector<V>()) {
    if (k == 0) return v128.load_splat<f32>(p)
    else if (k == 1) return v128.load_splat<f32>(p, 4)
    else if (k == 2) return v128.load_splat<f32>(p, 8)
    else return v128.load_splat<f32>(p, 12)
  } else {
    if (k == 0) return load<f32>(p)
    else if (k == 1) return load<f32>(p, 4)
    else if (k == 2) return load<f32>(p, 8)
    else return load<f32>(p, 12)
  }
}

// @ts-ignore: decorator
@inline
export function splat<V>(x: f32): V {
  if (isVector<V>()) return f32x4.splat(x)
  else return x
}

// @ts-ignore: decorator
@inline
export function add<V>(a: V, b: V): V {
  if (isVector<V>()) return f32x4.add(a, b)
  else return a + b
}

// @ts-ignore: decorator
@inline
export function sub<V>(a: V, b: V): V {
  if (isVector<V>()) return f32x4.sub(a, b)
  else return a - b
}

// @ts-ignore: decorator
@inline
export function mul<V>(a: V, b: V): V {
  if (isVector<V>()) return f32x4.mul(a, b)
  else return a * b
}

// @ts-ignore: decorator
@inline
export function div<V>(a: V, b: V): V {
  if (isVector<V>()) return f32x4.div(a, b)
  else return a / b
}

// @ts-ignore: decorator
@inline
export function root<V>(a: V): V {
  if (isVector<V>()) return f32x4.sqrt(a)
  else return sqrt<f32>(a)
}

/** a b + c, rounded twice: relaxed SIMD's fused form gains nothing measurable and Node 20 refuses it. */
// @ts-ignore: decorator
@inline
export function multiplyAdd<V>(a: V, b: V, c: V): V {
  if (isVector<V>()) return f32x4.add(f32x4.mul(a, b), c)
  else return a * b + c
}

/** max(x, floor) with NaN kept; one machine instruction where f32x4.max is seven. */
// @ts-ignore: decorator
@inline
export function atLeast<V>(x: V, floor: V): V {
  if (isVector<V>()) return f32x4.pmax(x, floor)
  else return x < floor ? floor : x
}

/** x where test > limit, else 0. */
// @ts-ignore: decorator
@inline
export function whereAbove<V>(x: V, test: V, limit: V): V {
  if (isVector<V>()) return v128.and(x, f32x4.gt(test, limit))
  else return test > limit ? x : <f32>0
}

/** x where |x| >= tiny or x is NaN, else 0: keeps denormals, a hundred times slower than zero, out of the loops. */
// @ts-ignore: decorator
@inline
export function flush<V>(x: V, tiny: V): V {
  if (isVector<V>()) return v128.andnot(x, f32x4.lt(f32x4.abs(x), tiny))
  else return abs<f32>(x) < tiny ? <f32>0 : x
}

// @ts-ignore: decorator
@inline
export function total<V>(x: V): f32 {
  if (isVector<V>())
    return (
      f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
    )
  else return x
}

// @ts-ignore: decorator
@inline
export function largest<V>(x: V): f32 {
  if (isVector<V>())
    return max<f32>(
      max<f32>(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
      max<f32>(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
    )
  else return x
}

/** The i32 label at p in every lane, as bits of V. */
// @ts-ignore: decorator
@inline
export function spreadLabel<V>(p: usize): V {
  if (isVector<V>()) return v128.load_splat<i32>(p)
  else return load<f32>(p)
}

/** x where the i32 labels at p equal `label`, else 0. */
// @ts-ignore: decorator
@inline
export function whereLabel<V>(x: V, p: usize, label: V): V {
  if (isVector<V>()) return v128.and(x, i32x4.eq(load<v128>(p), label))
  else return load<i32>(p) == reinterpret<i32>(label) ? x : <f32>0
}

/** exp(x) for x <= 0 to 1e-7 relative; exactly 0 below -60. Cephes' polynomial after Cody and Waite's reduction. */
// @ts-ignore: decorator
@inline
export function expNegative<V>(x: V): V {
  if (isVector<V>()) {
    const raw = x
    x = f32x4.pmax(x, f32x4.splat(-87))
    // Adding 1.5 * 2^23 + 127 rounds to an integer and leaves the exponent's bits at the bottom of the word.
    const big = f32x4.splat(12583039)
    const t = f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504)), big)
    const n = f32x4.sub(t, big)
    x = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)))
    x = f32x4.sub(x, f32x4.mul(n, f32x4.splat(-2.1219444e-4)))
    let p = f32x4.splat(1.98756915e-4)
    p = f32x4.add(f32x4.mul(p, x), f32x4.splat(1.39819995e-3))
    p = f32x4.add(f32x4.mul(p, x), f32x4.splat(8.33345191e-3))
    p = f32x4.add(f32x4.mul(p, x), f32x4.splat(4.16657959e-2))
    p = f32x4.add(f32x4.mul(p, x), f32x4.splat(0.166666655))
    p = f32x4.add(f32x4.mul(p, x), f32x4.splat(0.5))
    p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(x, x)), x), f32x4.splat(1))
    return v128.and(f32x4.mul(p, i32x4.shl(t, 23)), f32x4.gt(raw, f32x4.splat(-60)))
  } else return expScalar(x)
}

export function expScalar(x: f32): f32 {
  if (x <= -60) return 0
  if (x > 88) return Infinity
  const n = floor<f32>(x * <f32>1.44269504 + <f32>0.5)
  x -= n * <f32>0.693359375
  x -= n * <f32>-2.1219444e-4
  let p: f32 = 1.98756915e-4
  p = p * x + <f32>1.39819995e-3
  p = p * x + <f32>8.33345191e-3
  p = p * x + <f32>4.16657959e-2
  p = p * x + <f32>0.166666655
  p = p * x + <f32>0.5
  return (p * x * x + x + 1) * reinterpret<f32>((<i32>n + 127) << 23)
}
