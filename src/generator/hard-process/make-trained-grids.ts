import { amplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import { createRunningCoupling } from '../../physics/pdf/alpha-s.ts'
import { createDefaultPdf } from '../../physics/pdf/default-pdf.ts'
import { runBlock } from './block.ts'
import { createHardProcess } from './hard-process.ts'
import type { Collision } from './integrand.ts'
import { gridKeys, type TrainedGrids } from './trained-grids.ts'
import { prepareSampling, type TrainedPart } from './unweighting.ts'

/** Hard processes of the event samples and the lowest pT of their jets [GeV]. */
const processes: readonly (readonly [process: string, ptMin: number, mediator?: 'vector' | 'scalar'])[] = [
  ['p p > t t~', 0],
  ['p p > go go', 0],
  ['p p > t t~ H', 0],
  ['p p > t t~ Z', 0],
  ['p p > t t~ W+', 0],
  ['p p > t t~ W-', 0],
  ['p p > t j', 0],
  ['p p > t~ j', 0],
  ['g b > t W-', 0],
  ['g b~ > t~ W+', 0],
  ['g b > t t t~ W-', 0],
  ['g b~ > t~ t~ t W+', 0],
  ['p p > t t~ t t~', 0],
  ['p p > Z j', 100],
  ['p p > W+ j', 100],
  ['p p > W- j', 100],
  ['p p > Z Z', 0],
  ['p p > j j', 100],
  ['p p > Zp j', 100],
  ['p p > Zp j, Zp > chi chi~', 100, 'vector'],
  ['p p > phi j, phi > chi chi~', 100, 'scalar'],
  ['p p > t t~ phi, phi > chi chi~', 0, 'scalar'],
  ['g b > t W- phi, phi > chi chi~', 0, 'scalar'],
  ['g b~ > t~ W+ phi, phi > chi chi~', 0, 'scalar'],
]

const seed = 1

/**
 * Grids of all processes of the samples, trained with the app's own densities at 13 TeV, μ = HT/2, and the default
 * parameters (mediators: 1 TeV and g_q = 0.25 for vectors, 500 GeV and g_q = 1 for scalars, m_χ = 50 GeV).
 *
 * @param report  after each process
 * @param all     false: only what trains in a moment, two particles of fixed masses
 */
export function makeTrainedGrids(
  kernel: WebAssembly.Module | undefined,
  report: (process: string) => void,
  all = true,
): TrainedGrids {
  const pdf = createDefaultPdf()
  const coupling = createRunningCoupling({
    ...{ loops: 1, referenceScale: 91.188, referenceValue: 0.118, charmMass: 1.3, bottomMass: 4.75 },
  })
  const made = new Map<string, TrainedPart>()
  for (const [process, ptMin, mediator] of processes) {
    const vector = mediator !== 'scalar'
    const collision: Collision = {
      ...{ pdf, sqrtS: 13_000, scale: 'ht/2' as const, alphaS: (q: number) => coupling.alphaS(q) },
      parameters: amplitudeParameters({}, { mPhi: 500, mMediator: 1000, gQuark: vector ? 0.25 : 1 }),
      darkMatter: { kind: mediator ?? 'vector', mChi: 50, gChi: 1 },
    }
    const window = { min: ptMin, max: Infinity }
    const hard = createHardProcess({ process, flavours: 5, windows: [window], kernel }, collision)
    if (!all && (hard.beamDimensions > 2 || hard.dimensions[0] > 1)) continue
    const keys = gridKeys(hard)
    const preparation = prepareSampling(hard)
    let step = preparation.next()
    while (!step.done)
      step = preparation.next(step.value.tasks.map((task) => runBlock(hard.part(task.part), task, seed)))
    step.value.forEach(({ beams, final, efficiency, overweightShare, effectiveShare }, k) => {
      if (!made.has(keys[k])) made.set(keys[k], { beams, final, efficiency, overweightShare, effectiveShare })
    })
    report(process)
  }
  return made
}
