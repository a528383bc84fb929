import { add, im, mul, re, Spinor, spread, sub } from './pairs'

// Colour-ordered vertices of gluons (Berends, Giele NPB 306 (1988) 759); each adds to `out`.

let dotR: v128 = f64x2.splat(0)
let dotI: v128 = f64x2.splat(0)

/** Minkowski product of two vectors, to dotR and dotI. */
// @ts-ignore: decorator
@inline
function dot(a: Spinor, b: Spinor): void {
  let x = re(a.r0, a.i0, b.r0, b.i0)
  let y = im(a.r0, a.i0, b.r0, b.i0)
  x = sub(x, re(a.r1, a.i1, b.r1, b.i1))
  y = sub(y, im(a.r1, a.i1, b.r1, b.i1))
  x = sub(x, re(a.r2, a.i2, b.r2, b.i2))
  y = sub(y, im(a.r2, a.i2, b.r2, b.i2))
  x = sub(x, re(a.r3, a.i3, b.r3, b.i3))
  y = sub(y, im(a.r3, a.i3, b.r3, b.i3))
  dotR = x
  dotI = y
}

/** Momentum · vector. */
// @ts-ignore: decorator
@inline
function along(p: usize, a: Spinor): void {
  const t = spread(p)
  const x = spread(p + 8)
  const y = spread(p + 16)
  const z = spread(p + 24)
  dotR = sub(sub(sub(mul(t, a.r0), mul(x, a.r1)), mul(y, a.r2)), mul(z, a.r3))
  dotI = sub(sub(sub(mul(t, a.i0), mul(x, a.i1)), mul(y, a.i2)), mul(z, a.i3))
}

/** 2 (p_b · a) b - 2 (p_a · b) a + (p_a - p_b) a·b, times coupling. */
export function bracket(a: Spinor, b: Spinor, pa: usize, pb: usize, out: Spinor, coupling: f64): void {
  const f = f64x2.splat(coupling)
  const twice = f64x2.splat(2 * coupling)
  along(pb, a)
  const ar = mul(twice, dotR)
  const ai = mul(twice, dotI)
  along(pa, b)
  const br = mul(twice, dotR)
  const bi = mul(twice, dotI)
  dot(a, b)
  const zr = mul(f, dotR)
  const zi = mul(f, dotI)
  const d0 = sub(spread(pa), spread(pb))
  const x0 = add(sub(re(ar, ai, b.r0, b.i0), re(br, bi, a.r0, a.i0)), mul(d0, zr))
  const y0 = add(sub(im(ar, ai, b.r0, b.i0), im(br, bi, a.r0, a.i0)), mul(d0, zi))
  out.r0 = add(out.r0, x0)
  out.i0 = add(out.i0, y0)
  const d1 = sub(spread(pa + 8), spread(pb + 8))
  const x1 = add(sub(re(ar, ai, b.r1, b.i1), re(br, bi, a.r1, a.i1)), mul(d1, zr))
  const y1 = add(sub(im(ar, ai, b.r1, b.i1), im(br, bi, a.r1, a.i1)), mul(d1, zi))
  out.r1 = add(out.r1, x1)
  out.i1 = add(out.i1, y1)
  const d2 = sub(spread(pa + 16), spread(pb + 16))
  const x2 = add(sub(re(ar, ai, b.r2, b.i2), re(br, bi, a.r2, a.i2)), mul(d2, zr))
  const y2 = add(sub(im(ar, ai, b.r2, b.i2), im(br, bi, a.r2, a.i2)), mul(d2, zi))
  out.r2 = add(out.r2, x2)
  out.i2 = add(out.i2, y2)
  const d3 = sub(spread(pa + 24), spread(pb + 24))
  const x3 = add(sub(re(ar, ai, b.r3, b.i3), re(br, bi, a.r3, a.i3)), mul(d3, zr))
  const y3 = add(sub(im(ar, ai, b.r3, b.i3), im(br, bi, a.r3, a.i3)), mul(d3, zi))
  out.r3 = add(out.r3, x3)
  out.i3 = add(out.i3, y3)
}

/** 2 (a·c) b - (b·c) a - (a·b) c, times coupling. */
export function quartic(a: Spinor, b: Spinor, c: Spinor, out: Spinor, coupling: f64): void {
  const f = f64x2.splat(coupling)
  const twice = f64x2.splat(2 * coupling)
  dot(a, c)
  const xr = mul(twice, dotR)
  const xi = mul(twice, dotI)
  dot(b, c)
  const yr = mul(f, dotR)
  const yi = mul(f, dotI)
  dot(a, b)
  const zr = mul(f, dotR)
  const zi = mul(f, dotI)
  out.r0 = add(out.r0, sub(sub(re(xr, xi, b.r0, b.i0), re(yr, yi, a.r0, a.i0)), re(zr, zi, c.r0, c.i0)))
  out.i0 = add(out.i0, sub(sub(im(xr, xi, b.r0, b.i0), im(yr, yi, a.r0, a.i0)), im(zr, zi, c.r0, c.i0)))
  out.r1 = add(out.r1, sub(sub(re(xr, xi, b.r1, b.i1), re(yr, yi, a.r1, a.i1)), re(zr, zi, c.r1, c.i1)))
  out.i1 = add(out.i1, sub(sub(im(xr, xi, b.r1, b.i1), im(yr, yi, a.r1, a.i1)), im(zr, zi, c.r1, c.i1)))
  out.r2 = add(out.r2, sub(sub(re(xr, xi, b.r2, b.i2), re(yr, yi, a.r2, a.i2)), re(zr, zi, c.r2, c.i2)))
  out.i2 = add(out.i2, sub(sub(im(xr, xi, b.r2, b.i2), im(yr, yi, a.r2, a.i2)), im(zr, zi, c.r2, c.i2)))
  out.r3 = add(out.r3, sub(sub(re(xr, xi, b.r3, b.i3), re(yr, yi, a.r3, a.i3)), re(zr, zi, c.r3, c.i3)))
  out.i3 = add(out.i3, sub(sub(im(xr, xi, b.r3, b.i3), im(yr, yi, a.r3, a.i3)), im(zr, zi, c.r3, c.i3)))
}

/** Minkowski product, added to the complex number at `out`. */
export function contraction(a: Spinor, b: Spinor, out: Spinor): void {
  dot(a, b)
  out.r0 = add(out.r0, dotR)
  out.i0 = add(out.i0, dotI)
}
