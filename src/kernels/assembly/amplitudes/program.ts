import { bracket, contraction, quartic } from './gluons'
import { current, product, rowSlash, scalarOnLine, slashColumn } from './lines'
import { add, at, mul, Spinor, SPINOR } from './pairs'
import { propagateColumns, propagateGluons, propagateMassive, propagateRows } from './propagators'
import { polarisation, spinor } from './waves'

// A tree amplitude as a list of instructions over one memory: sums of momenta, wave functions, then each current as the
// sum of its vertices and its propagator, at last the products with the root's wave function. The list is written by
// src/kernels/amplitude-program.ts, which holds the same numbers of operations.

/** Bytes of an instruction: operation, count, out, table (i32), left, right (f64), x, y (i32). */
const INSTRUCTION: usize = 40

/** The spinor whose address stands at `table`. */
// @ts-ignore: decorator
@inline
function entry(table: usize): Spinor {
  return at(<usize>load<u32>(table))
}

/** Runs the instructions from `code` to `end`. */
export function run(code: usize, end: usize): void {
  for (; code < end; code += INSTRUCTION) {
    const operation = load<i32>(code)
    const count = load<i32>(code, 4)
    let out = <usize>load<u32>(code, 8)
    let table = <usize>load<u32>(code, 12)
    const left = load<f64>(code, 16)
    const right = load<f64>(code, 24)
    const x = <usize>load<u32>(code, 32)
    const y = <usize>load<u32>(code, 36)
    switch (operation) {
      case 0: // momenta: out = left × first + right × second, [count] rows of three addresses
        for (let i = 0; i < count; i++, table += 12) {
          const to = <usize>load<u32>(table)
          const a = <usize>load<u32>(table, 4)
          const b = <usize>load<u32>(table, 8)
          v128.store(to, add(mul(f64x2.splat(left), v128.load(a)), mul(f64x2.splat(right), v128.load(b))))
          v128.store(
            to,
            add(mul(f64x2.splat(left), v128.load(a, 16)), mul(f64x2.splat(right), v128.load(b, 16))),
            16,
          )
        }
        break
      case 1: // wave function: leg's momentum at x, mass left, `count` codes of kind and helicity at table
        for (let i = 0; i < count; i++, table += 4, out += SPINOR) wave(out, load<i32>(table), x, left)
        break
      case 2: // clear
        // memory.fill is a call to the engine: slower than a loop on pieces of this size.
        for (const last = out + <usize>count * y; out < last; out += 32) {
          v128.store(out, f64x2.splat(0))
          v128.store(out, f64x2.splat(0), 16)
        }
        break
      case 3:
        for (let i = 0; i < count; i++, table += 8, out += SPINOR)
          slashColumn(entry(table), entry(table + 4), at(out), left, right)
        break
      case 4:
        for (let i = 0; i < count; i++, table += 8, out += SPINOR)
          rowSlash(entry(table), entry(table + 4), at(out), left, right)
        break
      case 5:
        for (let i = 0; i < count; i++, table += 8, out += SPINOR)
          current(entry(table), entry(table + 4), at(out), left, right)
        break
      case 6:
        for (let i = 0; i < count; i++, table += 8, out += SPINOR)
          bracket(entry(table), entry(table + 4), x, y, at(out), left)
        break
      case 7:
        for (let i = 0; i < count; i++, table += 12, out += SPINOR)
          quartic(entry(table), entry(table + 4), entry(table + 8), at(out), left)
        break
      case 8: // the spinor is the first of the two where it is a row, else the second: `y` bytes into the entry
        for (let i = 0; i < count; i++, table += 8, out += SPINOR)
          scalarOnLine(entry(table + y), at(out), left)
        break
      case 9:
        propagateColumns(out, count, x, left)
        break
      case 10:
        propagateRows(out, count, x, left)
        break
      case 11:
        propagateGluons(out, count, x)
        break
      case 12:
        propagateMassive(out, count, x, left, right)
        break
      case 13: // amplitudes, `y` bytes apart: row times column
        for (let i = 0; i < count; i++, table += 8, out += y)
          product(entry(table), entry(table + 4), at(out))
        break
      case 14:
        for (let i = 0; i < count; i++, table += 8, out += y)
          contraction(entry(table), entry(table + 4), at(out))
        break
    }
  }
}

/** Codes: lowest two bits the index of the helicity, or 3 for 0 and 1 in the two lanes; then the kind. */
function wave(place: usize, code: i32, p: usize, mass: f64): void {
  const index = code & 3
  const kind = code >> 2
  single(place, kind, index == 3 ? 0 : index, p, mass)
  single(place + 8, kind, index == 3 ? 1 : index, p, mass)
}

/** Kinds: 0 column u, 1 row u, 2 column v, 3 row v, 4 vector. */
function single(place: usize, kind: i32, index: i32, p: usize, mass: f64): void {
  if (kind == 4) polarisation(place, p, mass, index)
  else spinor(place, p, mass, 2 * index - 1, kind >= 2, (kind & 1) != 0)
}

/**
 * Σ over configurations of Σ_ij C_ij A_i A_j*, amplitudes [configurations, structures] of pairs re, im from `amplitudes` on.
 * `matrix` is upper triangular, row by row, its elements off the diagonal doubled.
 */
export function colourSum(amplitudes: usize, configurations: i32, structures: i32, matrix: usize): f64 {
  let total = f64x2.splat(0)
  const step = <usize>structures * 32
  for (let i = 0; i < configurations; i++, amplitudes += step) {
    const end = amplitudes + step
    let c = matrix
    for (let row = amplitudes; row < end; row += 32) {
      let r = f64x2.splat(0)
      let s = f64x2.splat(0)
      for (let column = row; column < end; column += 32, c += 8) {
        const f = v128.load64_splat(c)
        r = add(r, mul(f, v128.load(column)))
        s = add(s, mul(f, v128.load(column, 16)))
      }
      total = add(total, add(mul(r, v128.load(row)), mul(s, v128.load(row, 16))))
    }
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1)
}
