import { AppError } from '../../errors.ts'
import { createHardProcess, type HardProcess } from '../../generator/hard-process/hard-process.ts'
import type { PtWindow } from '../../generator/hard-process/two-clusters.ts'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import { createRunningCoupling } from '../../physics/pdf/alpha-s.ts'
import { pdfFromOption, tellPdf } from '../pdf-option.ts'
import { parametersFromOptions, type ProcessParameters } from './parameters.ts'
import type { CollisionOptions } from './options.ts'

/** One process ready to be integrated: threads make it from the same options, as densities cannot be sent. */
export async function hardProcessFromOptions(
  options: CollisionOptions,
  log: (line: string) => void,
): Promise<{ hard: HardProcess; kernel: WebAssembly.Module | undefined; set: ProcessParameters }> {
  const { process, sqrts: sqrtS } = options
  const set = parametersFromOptions(options, process)
  const { parameters, alphaS, darkMatter } = set
  const kernel = await loadAmplitudeKernel()
  if (!(parameters.sinSquared > 0))
    throw new AppError(
      'physics/out-of-range',
      `--set has mw = ${parameters.mW} GeV, not below mz = ${parameters.mZ} GeV. Lower mw or raise mz.`,
    )
  const windows = windowsFromOptions(options)
  const coupling = createRunningCoupling({
    loops: 1,
    referenceScale: parameters.mZ,
    referenceValue: alphaS,
    charmMass: 1.3,
    bottomMass: 4.75,
  })
  const hard = createHardProcess(
    {
      process,
      flavours: options.flavours === '4' ? 4 : 5,
      windows,
      kernel,
    },
    {
      pdf: tellPdf(pdfFromOption(options.pdf, 1e-7), log),
      sqrtS,
      scale: options.mu,
      alphaS: (q) => coupling.alphaS(q),
      parameters,
      darkMatter,
    },
  )
  return { hard, kernel, set }
}

/** All pT above --pt-min, then the bins. */
function windowsFromOptions(options: CollisionOptions): PtWindow[] {
  const edges = options['pt-bins'] ?? []
  edges.forEach((edge, i) => {
    if (i > 0 && !(edge > edges[i - 1]))
      throw new AppError(
        'input/invalid',
        `--pt-bins has ${edge} GeV behind ${edges[i - 1]} GeV. Give edges that rise.`,
      )
  })
  const min = options['pt-min'] ?? edges[0] ?? 0
  const bins = edges.slice(1).map((max, i) => ({ min: edges[i], max }))
  return [{ min, max: Infinity }, ...bins]
}
