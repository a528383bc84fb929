import { AppError } from '../errors.ts'
import { MemoryMap } from './memory-map.ts'

/** Values of eleven partons at the knots of one region of scales. */
export interface DensityKnots {
  /** ln x, ascending, at least four */
  readonly logX: Float64Array
  /** ln Q² [GeV²], ascending, at least four */
  readonly logQ2: Float64Array
  /** [x, q2, partons] x f */
  readonly values: Float64Array
}

/** Numbers of one knot in the kernel: a parton each and a place that is empty. */
export const knotWidth = 12

const partons = 11

interface DensityExports {
  memory: WebAssembly.Memory
  allocate(bytes: number): number
  densityPair(
    x: number,
    nx: number,
    q: number,
    nq: number,
    values: number,
    logX1: number,
    logX2: number,
    logQ2: number,
    out: number,
  ): void
}

/** Log-bicubic densities in a WebAssembly memory of their own; see physics/pdf/log-bicubic.ts for the rule. */
export class DensityKernel {
  /** [2, knotWidth] x f at the two x of the last call */
  readonly pair: Float64Array
  private readonly exports: DensityExports
  private readonly sheets: { x: number; nx: number; q: number; nq: number; values: number }[]
  private readonly out: number

  /**
   * @param module  from loadAmplitudeKernel
   * @param knots   regions of scales, from low to high
   */
  constructor(module: WebAssembly.Module, knots: readonly DensityKnots[]) {
    // The compiled module's exports have no types of their own.
    this.exports = new WebAssembly.Instance(module).exports as unknown as DensityExports
    const map = new MemoryMap()
    map.reserve('pair', 16 * knotWidth)
    knots.forEach(({ logX, logQ2 }, i) => {
      map.reserve(`x${i}`, logX.byteLength)
      map.reserve(`q${i}`, logQ2.byteLength)
      map.reserve(`values${i}`, 8 * knotWidth * logX.length * logQ2.length)
    })
    const base = this.exports.allocate(map.bytes) >>> 0
    if (base === 0)
      throw new AppError('input/invalid', `No memory for densities of ${map.bytes} bytes. Close other work.`)
    const at = (name: string): number => base + map.start(name)
    const { buffer } = this.exports.memory
    this.out = at('pair')
    this.pair = new Float64Array(buffer, this.out, 2 * knotWidth)
    this.sheets = knots.map(({ logX, logQ2, values }, i) => {
      const [nx, nq] = [logX.length, logQ2.length]
      new Float64Array(buffer, at(`x${i}`), nx).set(logX)
      new Float64Array(buffer, at(`q${i}`), nq).set(logQ2)
      const own = new Float64Array(buffer, at(`values${i}`), knotWidth * nx * nq)
      for (let row = 0; row < nx * nq; row++)
        own.set(values.subarray(partons * row, partons * (row + 1)), knotWidth * row)
      return { x: at(`x${i}`), nx, q: at(`q${i}`), nq, values: at(`values${i}`) }
    })
  }

  /** Fills `pair`; logarithms of x and of Q² [GeV²] that lie within the knots of region `sheet`. */
  evaluate(sheet: number, logX1: number, logX2: number, logQ2: number): void {
    const { x, nx, q, nq, values } = this.sheets[sheet]
    this.exports.densityPair(x, nx, q, nq, values, logX1, logX2, logQ2, this.out)
  }
}
