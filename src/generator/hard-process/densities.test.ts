import { expect, it } from 'vitest'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import { createDefaultPdf } from '../../physics/pdf/default-pdf.ts'
import { createGridPdf } from '../../physics/pdf/grid-pdf.ts'
import type { PdfSet } from '../../physics/pdf/pdf-set.ts'
import { gridText } from '../../testing/lhagrid-text.ts'
import { createDensities, densityWidth } from './densities.ts'

/** Largest difference from the set itself, over the largest of all partons there. */
async function worst(pdf: PdfSet, xLow: number, xHigh: number, qLow: number, qHigh: number): Promise<number> {
  const densities = createDensities(pdf, await loadAmplitudeKernel())
  const rng = createRng(3)
  const expected = new Float64Array(11)
  let largest = 0
  for (let i = 0; i < 4000; i++) {
    const x = [0, 1].map(() => xLow * (xHigh / xLow) ** rng.uniform())
    const q2 = (qLow * (qHigh / qLow) ** rng.uniform()) ** 2
    densities.evaluate(x[0], x[1], q2)
    for (const beam of [0, 1]) {
      pdf.xfxQ2All(x[beam], q2, expected)
      const size = Math.max(...expected.map(Math.abs))
      expected.forEach((value, k) => {
        const distance = Math.abs(densities.pair[densityWidth * beam + k] - value)
        largest = Math.max(largest, distance / size)
      })
    }
  }
  return largest
}

it('the kernel reads a grid as the reader does, also beyond its knots', async () => {
  const x = [1e-4, 3e-4, 1e-3, 4e-3, 0.02, 0.1, 0.4, 0.9]
  const scales = [
    [1.3, 2, 3, 4.5],
    [4.5, 9, 20, 60, 200],
  ]
  const smooth = (id: number, at: number, q: number) =>
    (1 + 0.03 * id) * at ** -0.3 * (1 - at) ** 3 * Math.log(2 * q) + (id === 5 && q >= 4.5 ? 1 : 0)
  const pdf = createGridPdf(gridText(smooth, x, scales), { id: 'toy' })
  expect(await worst(pdf, pdf.xMin / 3, 0.99, pdf.qMin / 1.5, 1.5 * pdf.qMax)).toBeLessThan(1e-11)
})

it('the densities of the app lose less than 1e-4 on their way to knots', async () => {
  expect(await worst(createDefaultPdf(), 1e-6, 0.8, 10, 5000)).toBeLessThan(1e-4)
})
