import { mediatorCouplings } from '../../physics/amplitudes/closed-forms/mediator.ts'
import { amplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import { createRunningCoupling } from '../../physics/pdf/alpha-s.ts'
import type { PdfSet } from '../../physics/pdf/pdf-set.ts'
import { createHardProcess, type HardProcess } from '../hard-process/hard-process.ts'
import type { PtWindow } from '../hard-process/two-clusters.ts'
import type { SampleModel } from './models.ts'

export interface ModelProcessSettings {
  pdf: PdfSet
  /** GeV */
  sqrtS: number
  /** From loadAmplitudeKernel. */
  kernel?: WebAssembly.Module
  /** In place of the model's own lowest pT; one for events. */
  windows?: PtWindow[]
}

/** Mass of dark matter where a model does not say [GeV]. */
const darkMatterMass = 50

/**
 * The hard process of a model as its sample is made: scale half the sum of transverse masses, five flavours, α_s of one
 * loop that is 0.118 at m_Z.
 *
 * @throws AppError, see createHardProcess
 */
export function modelProcess(model: SampleModel, settings: ModelProcessSettings): HardProcess {
  const { process, set, mediator = 'scalar', ptMin = 0 } = model
  const { pdf, sqrtS, kernel, windows = [{ min: ptMin, max: Infinity }] } = settings
  const couplings = mediatorCouplings[mediator]
  const { mgo = 1000, mphi = 1000, mchi = darkMatterMass } = set
  const parameters = amplitudeParameters(
    {},
    { mGluino: mgo, mPhi: mphi, mMediator: mphi, gQuark: set.gq ?? couplings.gQuark },
  )
  const coupling = createRunningCoupling({
    ...{ loops: 1, referenceScale: parameters.mZ, referenceValue: 0.118 },
    ...{ charmMass: 1.3, bottomMass: 4.75 },
  })
  return createHardProcess(
    { process, flavours: 5, windows, kernel },
    {
      ...{ pdf, sqrtS, scale: 'ht/2', alphaS: (q) => coupling.alphaS(q), parameters },
      darkMatter: { kind: mediator, mChi: mchi, gChi: set.gchi ?? couplings.gChi },
    },
  )
}
