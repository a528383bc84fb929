import { AppError } from '../errors.ts'
import { MemoryMap } from './memory-map.ts'

interface TsneExports {
  memory: WebAssembly.Memory
  allocate(bytes: number): number
  forces(p: number, count: number, padded: number, x: number, y: number, forces: number): number
}

/** So far from any map that 1 / (1 + d²) is nothing beside another, and d² is still a number in float32. */
const nowhere = 1e18

/** The pairs of one set of affinities in a WebAssembly memory of their own; see assembly/tsne for the forces. */
export class TsneKernel {
  private readonly exports: TsneExports
  private readonly n: number
  private readonly padded: number
  private readonly at: (name: string) => number

  /**
   * @param module  from loadTsneKernel
   * @param joint   [n, n] affinities
   * @throws AppError 'input/invalid' where there is no memory for them
   */
  constructor(module: WebAssembly.Module, joint: Float64Array, n: number) {
    // The compiled module's exports have no types of their own.
    this.exports = new WebAssembly.Instance(module).exports as unknown as TsneExports
    this.n = n
    this.padded = 4 * Math.ceil(n / 4)
    const map = new MemoryMap()
    map.reserve('p', 4 * n * this.padded)
    for (const name of ['x', 'y']) map.reserve(name, 4 * this.padded)
    map.reserve('forces', 16 * n)
    const base = this.exports.allocate(map.bytes) >>> 0
    if (base === 0)
      throw new AppError(
        'input/invalid',
        `No memory for the pairs of ${n} points, ${map.bytes} bytes. Take fewer points.`,
      )
    this.at = (name) => base + map.start(name)
    const p = this.floats('p', n * this.padded)
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) p[i * this.padded + j] = joint[i * n + j]
  }

  private floats(name: string, length: number): Float32Array {
    return new Float32Array(this.exports.memory.buffer, this.at(name), length)
  }

  /** As tsneGradient of statistics/embedding. @param gradient [n, 2], overwritten */
  gradient(exaggeration: number, map: Float64Array, gradient: Float64Array): void {
    const { n, padded } = this
    const [x, y] = [this.floats('x', padded), this.floats('y', padded)]
    for (let i = 0; i < padded; i++) {
      x[i] = i < n ? map[2 * i] : nowhere
      y[i] = i < n ? map[2 * i + 1] : nowhere
    }
    const normalisation = this.exports.forces(
      this.at('p'),
      n,
      padded,
      this.at('x'),
      this.at('y'),
      this.at('forces'),
    )
    const forces = this.floats('forces', 4 * n)
    for (let i = 0; i < n; i++)
      for (let k = 0; k < 2; k++)
        gradient[2 * i + k] = 4 * (exaggeration * forces[k * n + i] - forces[(2 + k) * n + i] / normalisation)
  }
}
