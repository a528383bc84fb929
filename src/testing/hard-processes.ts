import { loadAmplitudeKernel } from '../kernels/load-kernels.ts'
import { amplitudeParameters } from '../physics/amplitudes/parameters.ts'
import { toyPdf } from './toy-pdf.ts'
import { runBlock } from '../generator/hard-process/block.ts'
import {
  createHardProcess,
  type HardProcess,
  type HardProcessRequest,
} from '../generator/hard-process/hard-process.ts'
import type { Collision } from '../generator/hard-process/integrand.ts'
import { integrate, type IntegrationState, type WindowResult } from '../generator/hard-process/integrate.ts'

const kernel = await loadAmplitudeKernel()

/** Protons of toy densities at 13 TeV, with everything else fixed. */
export const collision: Collision = {
  pdf: toyPdf(),
  sqrtS: 13_000,
  scale: 172.5,
  alphaS: () => 0.11,
  parameters: amplitudeParameters(),
}
/** Any pT. */
export const everything = { min: 0, max: Infinity }

export function hardProcess(
  process: string,
  over: Partial<HardProcessRequest> = {},
  how: Partial<Collision> = {},
): HardProcess {
  return createHardProcess(
    { process, flavours: 5, windows: [everything], kernel, ...over },
    { ...collision, ...how },
  )
}

/** The integration on one core, to the relative error asked for. */
export function integrated(
  hard: HardProcess,
  error: number,
  seed = 1,
  from?: IntegrationState,
): WindowResult[] {
  const { dimensions, beamDimensions, windows } = hard
  const integration = integrate(
    { dimensions, beamDimensions, windows: windows.length, error, maxPoints: 1e7 },
    from,
  )
  let step = integration.next()
  while (!step.done)
    step = integration.next(step.value.tasks.map((task) => runBlock(hard.part(task.part), task, seed)))
  return step.value.windows
}

export const pull = ({ value, error }: WindowResult, expected: number): number =>
  Math.abs(value - expected) / error
