import { add, mul } from './pairs'

// Parton densities between the knots of a grid, by the rule of physics/pdf/log-bicubic.ts. Values are [nx, nq, 12]: eleven
// partons and a place that is empty, so that six v128 hold a knot.

/** Bytes of a knot. */
const KNOT: usize = 96

const xWeights = memory.data(32, 16)
const qWeights = memory.data(32, 16)

/** Interval i of ascending logarithms with logs[i] <= log < logs[i + 1]; the ends take what is outside. */
function interval(logs: usize, n: i32, log: f64): i32 {
  let low = 0
  let high = n - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (load<f64>(logs + (<usize>middle << 3)) <= log) low = middle
    else high = middle
  }
  return low
}

/** Weights of knots i - 1 to i + 2; 0 for one that does not exist. */
function hermite(logs: usize, n: i32, i: i32, log: f64, out: usize): void {
  const at = logs + (<usize>i << 3)
  const here = load<f64>(at)
  const width = load<f64>(at, 8) - here
  const t = (log - here) / width
  const value1 = t * t * (3 - 2 * t)
  const slope0 = t * (1 - t) * (1 - t)
  const slope1 = t * t * (t - 1)
  let before = 0.0
  let own = 1 - value1
  let next = value1
  let after = 0.0
  if (i == 0) {
    own -= slope0
    next += slope0
  } else {
    const ratio = width / (here - load<f64>(at - 8))
    before = -0.5 * slope0 * ratio
    own += 0.5 * slope0 * (ratio - 1)
    next += 0.5 * slope0
  }
  if (i + 2 == n) {
    own -= slope1
    next += slope1
  } else {
    const ratio = width / (load<f64>(at, 16) - load<f64>(at, 8))
    own -= 0.5 * slope1
    next += 0.5 * slope1 * (1 - ratio)
    after = 0.5 * slope1 * ratio
  }
  store<f64>(out, before)
  store<f64>(out, own, 8)
  store<f64>(out, next, 16)
  store<f64>(out, after, 24)
}

/**
 * x f of all partons at two x and one scale: logarithms in, two knots out. `x` and `q` are the addresses of the knots'
 * logarithms, at least four each.
 */
export function densityPair(
  x: usize,
  nx: i32,
  q: usize,
  nq: i32,
  values: usize,
  logX1: f64,
  logX2: f64,
  logQ2: f64,
  out: usize,
): void {
  const iq = interval(q, nq, logQ2)
  hermite(q, nq, iq, logQ2, qWeights)
  densities(x, nx, nq, iq, values, logX1, out)
  densities(x, nx, nq, iq, values, logX2, out + KNOT)
}

function densities(x: usize, nx: i32, nq: i32, iq: i32, values: usize, logX: f64, out: usize): void {
  const ix = interval(x, nx, logX)
  hermite(x, nx, ix, logX, xWeights)
  let s0 = f64x2.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  let s4 = s0
  let s5 = s0
  for (let a = 0; a < 4; a++) {
    const wx = load<f64>(xWeights + (<usize>a << 3))
    if (wx == 0) continue
    let at = values + <usize>((ix - 1 + a) * nq + iq - 1) * KNOT
    for (let b = 0; b < 4; b++, at += KNOT) {
      const wq = load<f64>(qWeights + (<usize>b << 3))
      if (wq == 0) continue
      const w = f64x2.splat(wx * wq)
      s0 = add(s0, mul(w, v128.load(at)))
      s1 = add(s1, mul(w, v128.load(at, 16)))
      s2 = add(s2, mul(w, v128.load(at, 32)))
      s3 = add(s3, mul(w, v128.load(at, 48)))
      s4 = add(s4, mul(w, v128.load(at, 64)))
      s5 = add(s5, mul(w, v128.load(at, 80)))
    }
  }
  v128.store(out, s0)
  v128.store(out, s1, 16)
  v128.store(out, s2, 32)
  v128.store(out, s3, 48)
  v128.store(out, s4, 64)
  v128.store(out, s5, 80)
}
