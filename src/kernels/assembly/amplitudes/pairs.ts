// Two doubles in one v128: the two helicities of one leg (the lane leg), or twice the same number where a current
// does not contain it. A spinor or vector is eight such pairs, 128 bytes: re and im of four components in turn.

/** Bytes of one spinor or vector. */
export const SPINOR: usize = 128

/** At an address in memory, by `at`. Fields are read and written at literal offsets, which cost WebAssembly nothing. */
@unmanaged
export class Spinor {
  r0: v128
  i0: v128
  r1: v128
  i1: v128
  r2: v128
  i2: v128
  r3: v128
  i3: v128
}

// @ts-ignore: decorator
@inline
export function at(address: usize): Spinor {
  return changetype<Spinor>(address)
}

// @ts-ignore: decorator
@inline
export function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b)
}

// @ts-ignore: decorator
@inline
export function sub(a: v128, b: v128): v128 {
  return f64x2.sub(a, b)
}

// @ts-ignore: decorator
@inline
export function mul(a: v128, b: v128): v128 {
  return f64x2.mul(a, b)
}

/** Real part of a b, given as re, im. */
// @ts-ignore: decorator
@inline
export function re(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  return sub(mul(ar, br), mul(ai, bi))
}

/** Imaginary part of a b. */
// @ts-ignore: decorator
@inline
export function im(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  return add(mul(ar, bi), mul(ai, br))
}

/** A component of a momentum, in both lanes. */
// @ts-ignore: decorator
@inline
export function spread(p: usize): v128 {
  return v128.load64_splat(p)
}
