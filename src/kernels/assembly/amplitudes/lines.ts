import { add, at, im, mul, re, Spinor, sub } from './pairs'

// Vertices of a fermion line, chiral basis: components 0, 1 left-handed, 2, 3 right-handed, γ⁰ swaps the halves,
// γ^i = (0, σ_i; -σ_i, 0). `v` is a vector with upper indices; each function adds to `out`.

/** slash(v) (left P_L + right P_R) column. */
export function slashColumn(v: Spinor, c: Spinor, out: Spinor, left: f64, right: f64): void {
  const minusR = add(v.r1, v.i2)
  const minusI = sub(v.i1, v.r2)
  const plusR = sub(v.r1, v.i2)
  const plusI = add(v.i1, v.r2)
  const upperR = sub(v.r0, v.r3)
  const upperI = sub(v.i0, v.i3)
  const lowerR = add(v.r0, v.r3)
  const lowerI = add(v.i0, v.i3)
  if (right != 0) {
    const f = f64x2.splat(right)
    const er = mul(f, c.r2)
    const ei = mul(f, c.i2)
    const gr = mul(f, c.r3)
    const gi = mul(f, c.i3)
    out.r0 = add(out.r0, sub(re(upperR, upperI, er, ei), re(minusR, minusI, gr, gi)))
    out.i0 = add(out.i0, sub(im(upperR, upperI, er, ei), im(minusR, minusI, gr, gi)))
    out.r1 = add(out.r1, sub(re(lowerR, lowerI, gr, gi), re(plusR, plusI, er, ei)))
    out.i1 = add(out.i1, sub(im(lowerR, lowerI, gr, gi), im(plusR, plusI, er, ei)))
  }
  if (left != 0) {
    const f = f64x2.splat(left)
    const ar = mul(f, c.r0)
    const ai = mul(f, c.i0)
    const br = mul(f, c.r1)
    const bi = mul(f, c.i1)
    out.r2 = add(out.r2, add(re(lowerR, lowerI, ar, ai), re(minusR, minusI, br, bi)))
    out.i2 = add(out.i2, add(im(lowerR, lowerI, ar, ai), im(minusR, minusI, br, bi)))
    out.r3 = add(out.r3, add(re(plusR, plusI, ar, ai), re(upperR, upperI, br, bi)))
    out.i3 = add(out.i3, add(im(plusR, plusI, ar, ai), im(upperR, upperI, br, bi)))
  }
}

/** row slash(v) (left P_L + right P_R). */
export function rowSlash(r: Spinor, v: Spinor, out: Spinor, left: f64, right: f64): void {
  const minusR = add(v.r1, v.i2)
  const minusI = sub(v.i1, v.r2)
  const plusR = sub(v.r1, v.i2)
  const plusI = add(v.i1, v.r2)
  const upperR = sub(v.r0, v.r3)
  const upperI = sub(v.i0, v.i3)
  const lowerR = add(v.r0, v.r3)
  const lowerI = add(v.i0, v.i3)
  if (left != 0) {
    const f = f64x2.splat(left)
    const er = mul(f, r.r2)
    const ei = mul(f, r.i2)
    const gr = mul(f, r.r3)
    const gi = mul(f, r.i3)
    out.r0 = add(out.r0, add(re(lowerR, lowerI, er, ei), re(plusR, plusI, gr, gi)))
    out.i0 = add(out.i0, add(im(lowerR, lowerI, er, ei), im(plusR, plusI, gr, gi)))
    out.r1 = add(out.r1, add(re(minusR, minusI, er, ei), re(upperR, upperI, gr, gi)))
    out.i1 = add(out.i1, add(im(minusR, minusI, er, ei), im(upperR, upperI, gr, gi)))
  }
  if (right != 0) {
    const f = f64x2.splat(right)
    const ar = mul(f, r.r0)
    const ai = mul(f, r.i0)
    const br = mul(f, r.r1)
    const bi = mul(f, r.i1)
    out.r2 = add(out.r2, sub(re(upperR, upperI, ar, ai), re(plusR, plusI, br, bi)))
    out.i2 = add(out.i2, sub(im(upperR, upperI, ar, ai), im(plusR, plusI, br, bi)))
    out.r3 = add(out.r3, sub(re(lowerR, lowerI, br, bi), re(minusR, minusI, ar, ai)))
    out.i3 = add(out.i3, sub(im(lowerR, lowerI, br, bi), im(minusR, minusI, ar, ai)))
  }
}

/** The vector row γ^μ (left P_L + right P_R) column. */
export function current(r: Spinor, c: Spinor, out: Spinor, left: f64, right: f64): void {
  if (left != 0) half(at(changetype<usize>(r) + 64), c, out, f64x2.splat(left), f64x2.splat(-left))
  if (right != 0) half(r, at(changetype<usize>(c) + 64), out, f64x2.splat(right), f64x2.splat(right))
}

/** One chirality: two components x of the row with two y of the column; space parts have their own sign. */
// @ts-ignore: decorator
@inline
function half(x: Spinor, y: Spinor, out: Spinor, time: v128, space: v128): void {
  const x0r = x.r0
  const x0i = x.i0
  const x1r = x.r1
  const x1i = x.i1
  const y0r = y.r0
  const y0i = y.i0
  const y1r = y.r1
  const y1i = y.i1
  const ar = re(x0r, x0i, y0r, y0i)
  const ai = im(x0r, x0i, y0r, y0i)
  const br = re(x0r, x0i, y1r, y1i)
  const bi = im(x0r, x0i, y1r, y1i)
  const cr = re(x1r, x1i, y0r, y0i)
  const ci = im(x1r, x1i, y0r, y0i)
  const dr = re(x1r, x1i, y1r, y1i)
  const di = im(x1r, x1i, y1r, y1i)
  out.r0 = add(out.r0, mul(time, add(ar, dr)))
  out.i0 = add(out.i0, mul(time, add(ai, di)))
  out.r1 = add(out.r1, mul(space, add(br, cr)))
  out.i1 = add(out.i1, mul(space, add(bi, ci)))
  out.r2 = add(out.r2, mul(space, sub(bi, ci)))
  out.i2 = add(out.i2, mul(space, sub(cr, br)))
  out.r3 = add(out.r3, mul(space, sub(ar, dr)))
  out.i3 = add(out.i3, mul(space, sub(ai, di)))
}

/** A scalar of wave function 1 on a line: coupling times the spinor. */
export function scalarOnLine(a: Spinor, out: Spinor, coupling: f64): void {
  const f = f64x2.splat(coupling)
  out.r0 = add(out.r0, mul(f, a.r0))
  out.i0 = add(out.i0, mul(f, a.i0))
  out.r1 = add(out.r1, mul(f, a.r1))
  out.i1 = add(out.i1, mul(f, a.i1))
  out.r2 = add(out.r2, mul(f, a.r2))
  out.i2 = add(out.i2, mul(f, a.i2))
  out.r3 = add(out.r3, mul(f, a.r3))
  out.i3 = add(out.i3, mul(f, a.i3))
}

/** row · column, added to the complex number at `out`. */
export function product(r: Spinor, c: Spinor, out: Spinor): void {
  let x = re(r.r0, r.i0, c.r0, c.i0)
  let y = im(r.r0, r.i0, c.r0, c.i0)
  x = add(x, re(r.r1, r.i1, c.r1, c.i1))
  y = add(y, im(r.r1, r.i1, c.r1, c.i1))
  x = add(x, re(r.r2, r.i2, c.r2, c.i2))
  y = add(y, im(r.r2, r.i2, c.r2, c.i2))
  x = add(x, re(r.r3, r.i3, c.r3, c.i3))
  y = add(y, im(r.r3, r.i3, c.r3, c.i3))
  out.r0 = add(out.r0, x)
  out.i0 = add(out.i0, y)
}
