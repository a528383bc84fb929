import { beforeAll, describe, expect, it } from 'vitest'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import { amplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import { createRunningCoupling } from '../../physics/pdf/alpha-s.ts'
import { createDefaultPdf } from '../../physics/pdf/default-pdf.ts'
import { createGridPdf } from '../../physics/pdf/grid-pdf.ts'
import type { PdfSet } from '../../physics/pdf/pdf-set.ts'
import '../../testing/matchers.ts'
import { sharedPdfGrid } from '../../testing/shared-pdf.ts'
import { runBlock } from './block.ts'
import { createHardProcess } from './hard-process.ts'
import { integrate, type WindowResult } from './integrate.ts'

let kernel: WebAssembly.Module | undefined
beforeAll(async () => {
  kernel = await loadAmplitudeKernel()
})

const coupling = createRunningCoupling({
  ...{ loops: 1, referenceScale: 91.188, referenceValue: 0.118, charmMass: 1.3, bottomMass: 4.75 },
})

function total(process: string, scale: number, flavours: 4 | 5, pdf: PdfSet, error: number): WindowResult {
  const hard = createHardProcess(
    { process, flavours, windows: [{ min: 0, max: Infinity }], kernel },
    {
      ...{ pdf, sqrtS: 13_000, scale, parameters: amplitudeParameters() },
      alphaS: (q) => coupling.alphaS(q),
    },
  )
  const { dimensions, beamDimensions } = hard
  const integration = integrate({ dimensions, beamDimensions, windows: 1, error, maxPoints: 1e7 })
  let step = integration.next()
  while (!step.done)
    step = integration.next(step.value.tasks.map((task) => runBlock(hard.part(task.part), task, 1)))
  return step.value.windows[0]
}

const text = sharedPdfGrid('NNPDF31_lo_as_0118')

describe.skipIf(text === undefined)('totals with NNPDF31_lo_as_0118 at 13 TeV', () => {
  // MadGraph5 3.1.1, fixed scale, m_t = 172.5, m_H = 125; the gluino pair by quadrature to 1e-4.
  it.each([
    ['p p > t t~', 172.5, 4, 487.9, 0.8],
    ['p p > t t~ Z', 218.094, 4, 0.5903, 0.0023],
    ['p p > go go', 1000, 5, 0.15983, 2e-5],
  ] as const)('%s at %f GeV', (process, scale, flavours, expected, uncertainty) => {
    const pdf = createGridPdf(text!, { id: 'NNPDF31_lo_as_0118' })
    const { value, error, clippedShare } = total(process, scale, flavours, pdf, 0.01)
    expect(Math.abs(value - expected) / Math.hypot(error, uncertainty)).toBeLessThan(3)
    expect(clippedShare).toBeLessThan(2e-4)
  })
})

// A snapshot: our own number with our own densities, at seed 1.
it('t t~ with the densities of the app is what it was', () => {
  const { value, error } = total('p p > t t~', 172.5, 5, createDefaultPdf(), 0.005)
  expect(error / value).toBeLessThanOrEqual(0.005)
  expect(value).toBeCloseToRel(486.65065100742584, 1e-9)
})
