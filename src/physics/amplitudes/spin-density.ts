import type { SpinVector } from './decays.ts'
import type { AmplitudeTensor } from './squared-matrix-element.ts'

/**
 * Decays one after the other with all correlations of spin (Collins NPB 304 (1988) 794, Knowles NPB 310 (1988) 571,
 * Richardson hep-ph/0110108): a leg's density matrix, all others summed over, weighs its decay; then the leg is folded
 * with that decay's spin vector, so that the next leg's matrix knows of it. Accepting decays one by one in this way is
 * exact and takes as many trials as helicities per leg, not their product.
 *
 * Holds a copy of the amplitudes and works in place.
 */
export class SpinDensity {
  private values = new Float64Array(0)
  private counts = new Int32Array(0)
  private contracted = new Float64Array(0)
  private tensor: AmplitudeTensor | undefined

  /** Forgets what was folded before. */
  start(tensor: AmplitudeTensor): void {
    const { values, helicities, structures } = tensor
    if (this.values.length !== values.length) this.values = new Float64Array(values.length)
    if (this.contracted.length !== 2 * structures) this.contracted = new Float64Array(2 * structures)
    this.values.set(values)
    if (this.counts.length !== helicities.length) this.counts = new Int32Array(helicities.length)
    this.counts.set(helicities)
    this.tensor = tensor
  }

  /**
   * ρ of a leg up to a factor: Σ A_h A_h'* over colours and the helicities of the legs not folded.
   *
   * @param out  [helicities, helicities, (re, im)]
   */
  density(leg: number, out: Float64Array): void {
    const { values, contracted } = this
    const { structures, colourMatrix } = this.tensor!
    const count = this.counts[leg]
    const inner = this.configurations(0, leg)
    const outer = this.configurations(leg + 1, this.counts.length)
    const block = 2 * structures
    out.fill(0)
    for (let o = 0; o < outer; o++)
      for (let i = 0; i < inner; i++)
        for (let h = 0; h < count; h++) {
          const at = ((o * count + h) * inner + i) * block
          for (let s = 0; s < structures; s++) {
            let re = 0
            let im = 0
            for (let k = 0, c = structures * s; k < structures; k++, c++) {
              re += colourMatrix[c] * values[at + 2 * k]
              im += colourMatrix[c] * values[at + 2 * k + 1]
            }
            contracted[2 * s] = re
            contracted[2 * s + 1] = im
          }
          for (let g = 0; g < count; g++) {
            const other = ((o * count + g) * inner + i) * block
            let re = 0
            let im = 0
            for (let k = 0; k < block; k += 2) {
              re += contracted[k] * values[other + k] + contracted[k + 1] * values[other + k + 1]
              im += contracted[k + 1] * values[other + k] - contracted[k] * values[other + k + 1]
            }
            out[2 * (h * count + g)] += re
            out[2 * (h * count + g) + 1] += im
          }
        }
  }

  /** Puts the decay of a leg in the place of its helicities: Σ_h c_h A_h. */
  fold(leg: number, spin: SpinVector): void {
    const { values } = this
    const count = this.counts[leg]
    const inner = this.configurations(0, leg)
    const outer = this.configurations(leg + 1, this.counts.length)
    const block = 2 * this.tensor!.structures
    for (let o = 0; o < outer; o++)
      for (let i = 0; i < inner; i++)
        for (let k = 0; k < block; k += 2) {
          let re = 0
          let im = 0
          for (let h = 0; h < count; h++) {
            const at = ((o * count + h) * inner + i) * block + k
            re += spin[2 * h] * values[at] - spin[2 * h + 1] * values[at + 1]
            im += spin[2 * h] * values[at + 1] + spin[2 * h + 1] * values[at]
          }
          const to = (o * inner + i) * block + k
          values[to] = re
          values[to + 1] = im
        }
    this.counts[leg] = 1
  }

  /** Of the legs from `first` up to `end`. */
  private configurations(first: number, end: number): number {
    let product = 1
    for (let k = first; k < end; k++) product *= this.counts[k]
    return product
  }
}

/**
 * Weight in [0, 1] to accept a decay that was drawn without regard to spin: c ρ c* over its bound tr ρ |c|². Its mean
 * is 1 over the number of helicities.
 */
export function spinWeight(density: Float64Array, spin: SpinVector): number {
  const count = spin.length / 2
  let value = 0
  let trace = 0
  let norm = 0
  for (let h = 0; h < count; h++) {
    trace += density[2 * (h * count + h)]
    norm += spin[2 * h] * spin[2 * h] + spin[2 * h + 1] * spin[2 * h + 1]
    for (let g = 0; g < count; g++) {
      const at = 2 * (h * count + g)
      const re = spin[2 * h] * spin[2 * g] + spin[2 * h + 1] * spin[2 * g + 1]
      const im = spin[2 * h + 1] * spin[2 * g] - spin[2 * h] * spin[2 * g + 1]
      value += re * density[at] - im * density[at + 1]
    }
  }
  return value / (trace * norm)
}
