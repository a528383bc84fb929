import { AppError } from '../errors.ts'
import { KernelInstance } from './wasm-instance.ts'

/**
 * Events as columns of float64, one column per term of a polynomial in the coefficients c, kept in a WebAssembly
 * memory of their own. Points are the values of those terms: with quadratic terms c_i c_j is one of them
 * (quadraticTerms).
 */
export class EventColumns {
  readonly events: number
  readonly terms: number
  private readonly instance: KernelInstance
  /** One point, its state of 64 bytes, its sum: where logSum works, without a view made per call. */
  private readonly scratch: number
  private view: Float64Array = new Float64Array(0)

  /** @param columns  one per term, all of one length */
  constructor(module: WebAssembly.Module, columns: readonly ArrayLike<number>[]) {
    this.terms = columns.length
    this.events = columns[0]?.length ?? 0
    for (const [k, column] of columns.entries())
      if (column.length !== this.events)
        throw new AppError(
          'input/invalid',
          `Column ${k} has ${column.length} events, column 0 has ${this.events}. Give one value per event and term.`,
          { column: k, actual: column.length, expected: this.events },
        )
    this.instance = new KernelInstance(module)
    const groups = Math.ceil(this.events / 8)
    const address = this.instance.exports.reserveColumns(this.terms, this.events) >>> 0
    if (!address)
      throw this.instance.outOfMemory(
        64 * groups * this.terms,
        `${this.events} events with ${this.terms} terms`,
      )
    this.scratch = this.instance.allocate(8 * this.terms + 72, 'one point')
    // Memory: [groups][terms][8], then the largest |r| of each term (NaN where there is one).
    const size = 8 * groups * this.terms
    const memory = this.instance.f64(address, size + this.terms)
    columns.forEach((column, k) => {
      let largest = 0
      for (let e = 0; e < this.events; e++) {
        memory[(e >> 3) * 8 * this.terms + 8 * k + (e & 7)] = column[e]
        largest = Math.max(largest, Math.abs(column[e]))
      }
      memory[size + k] = largest
    })
  }

  /** Σ over events of log(1 + Σ_k c_k r_k): as with Math.log, -Infinity where a ratio is 0, NaN where one is negative. */
  logSum(point: ArrayLike<number>): number {
    const { terms } = this
    this.check(point.length, terms)
    const { memory, logSums } = this.instance.exports
    // A view is empty once memory has grown.
    if (this.view.length === 0 || this.view.buffer !== memory.buffer)
      this.view = this.instance.f64(this.scratch, terms + 9)
    const { view, scratch } = this
    for (let k = 0; k < terms; k++) view[k] = point[k]
    logSums(scratch, 1, scratch + 8 * (terms + 8), scratch + 8 * terms)
    return view[terms + 8]
  }

  /**
   * The same for many points; an event is read from memory once for all.
   *
   * @param points  [count, terms] row-major
   */
  logSums(points: ArrayLike<number>): Float64Array {
    const count = this.terms === 0 ? 1 : points.length / this.terms
    this.check(points.length, Math.max(1, Math.floor(count)) * this.terms)
    const { instance } = this
    const at = instance.slot('points', 8 * points.length)
    const out = instance.slot('sums', 8 * count)
    const states = instance.slot('states', 64 * count)
    instance.f64(at, points.length).set(points)
    instance.exports.logSums(at, count, out, states)
    return instance.f64(out, count).slice()
  }

  /** logSum and its gradient by c, [terms]: Σ over events of r_k / (1 + Σ_j c_j r_j). */
  logSumGradient(point: ArrayLike<number>): { value: number; gradient: Float64Array } {
    const value = this.logSum(point)
    const { instance } = this
    const out = instance.slot('gradient', 8 * this.terms)
    instance.exports.logSumGradient(this.scratch, out)
    return { value, gradient: instance.f64(out, this.terms).slice() }
  }

  /** Weights of all events at one point, Σ_k c_k w_k, [events]. */
  contract(point: ArrayLike<number>): Float64Array {
    this.check(point.length, this.terms)
    const { instance } = this
    const at = instance.slot('points', 8 * this.terms)
    const out = instance.slot('weights', 64 * Math.ceil(this.events / 8))
    instance.f64(at, this.terms).set(point)
    instance.exports.contract(at, out)
    return instance.f64(out, this.events).slice()
  }

  private check(actual: number, expected: number): void {
    if (actual === expected) return
    throw new AppError(
      'input/invalid',
      `A point needs ${this.terms} numbers, one per term; got ${actual} numbers.`,
      { actual, terms: this.terms },
    )
  }
}

/** [1?, c_i, c_i c_j with i ≤ j]: the terms of a full quadratic polynomial, in this order. */
export function quadraticTerms(c: ArrayLike<number>, constant: boolean): Float64Array {
  const n = c.length
  const terms = new Float64Array(Number(constant) + n + (n * (n + 1)) / 2)
  let at = 0
  if (constant) terms[at++] = 1
  for (let i = 0; i < n; i++) terms[at++] = c[i]
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) terms[at++] = c[i] * c[j]
  return terms
}
