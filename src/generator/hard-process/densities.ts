import { DensityKernel, knotWidth } from '../../kernels/density-kernel.ts'
import type { PdfSet } from '../../physics/pdf/pdf-set.ts'

/** Densities of both beams at a point. */
export interface Densities {
  /** [2, densityWidth] x f of each beam's partons in the order of `partonIds`; the last place is empty. */
  readonly pair: Float64Array
  evaluate(x1: number, x2: number, q2: number): void
}

export const densityWidth = knotWidth

/** Those of each set that are in use: a kernel's tables take 70 ms. */
const made = new WeakMap<PdfSet, { module: WebAssembly.Module; densities: Densities }>()

/**
 * By the kernel where the set has knots and the machine has one; beyond the knots, and without them, by the set itself.
 *
 * @param module  from loadAmplitudeKernel
 * @returns the same for the same set and kernel: `pair` is to be read before the next point is evaluated
 */
export function createDensities(pdf: PdfSet, module?: WebAssembly.Module): Densities {
  const known = made.get(pdf)
  if (known && known.module === module) return known.densities
  const densities = newDensities(pdf, module)
  if (module) made.set(pdf, { module, densities })
  return densities
}

function newDensities(pdf: PdfSet, module?: WebAssembly.Module): Densities {
  const knots = module && pdf.knots?.()
  if (!module || !knots) {
    const pair = new Float64Array(2 * densityWidth)
    return { pair, evaluate: (x1, x2, q2) => bySet(pdf, x1, x2, q2, pair) }
  }
  const kernel = new DensityKernel(module, knots)
  const { pair } = kernel
  const lowest = knots.map(({ logX }) => logX[0])
  const highest = knots.map(({ logX }) => logX[logX.length - 1])
  const starts = knots.map(({ logQ2 }) => logQ2[0])
  const last = knots[knots.length - 1].logQ2
  const end = last[last.length - 1]

  function evaluate(x1: number, x2: number, q2: number): void {
    const [log1, log2, logQ2] = [Math.log(x1), Math.log(x2), Math.log(q2)]
    let sheet = knots!.length - 1
    while (sheet > 0 && starts[sheet] > logQ2) sheet--
    const [low, high] = [lowest[sheet], highest[sheet]]
    if (logQ2 < starts[0] || logQ2 > end || log1 < low || log2 < low || log1 > high || log2 > high)
      bySet(pdf, x1, x2, q2, pair)
    else kernel.evaluate(sheet, log1, log2, logQ2)
  }

  return { pair, evaluate }
}

function bySet(pdf: PdfSet, x1: number, x2: number, q2: number, pair: Float64Array): void {
  pdf.xfxQ2All(x1, q2, pair.subarray(0, densityWidth))
  pdf.xfxQ2All(x2, q2, pair.subarray(densityWidth))
}
