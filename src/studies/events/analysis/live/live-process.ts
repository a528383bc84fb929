import { createHardProcess, type HardProcess } from '../../../../generator/hard-process/hard-process.ts'
import { hardJet } from '../../../../generator/samples/models.ts'
import { sampleSet } from '../../../../generator/samples/sample-set.ts'
import type { EventSelection } from '../../../../generator/samples/selection.ts'
import { mediatorCouplings } from '../../../../physics/amplitudes/closed-forms/mediator.ts'
import { amplitudeParameters } from '../../../../physics/amplitudes/parameters.ts'
import { createRunningCoupling } from '../../../../physics/pdf/alpha-s.ts'
import { openPdf } from '../../../../physics/pdf/open-pdf.ts'

/** A model whose events can be made in the page; masses in GeV. */
export type LiveModel =
  | { kind: 'gluino'; mGluino: number; mChi: number }
  | { kind: 'vector' | 'axial' | 'scalar'; mMediator: number; mChi: number }

/** Collisions as those of the shipped samples. */
const sqrtS = 13_000
const lowestX = 1e-7

/** Its hard process, as `make-samples` has it for the models that are shipped. */
export function liveProcess(model: LiveModel, kernel: WebAssembly.Module | undefined): HardProcess {
  const kind = model.kind === 'gluino' ? 'vector' : model.kind
  const { gQuark, gChi } = mediatorCouplings[kind]
  const gluino = model.kind === 'gluino'
  const mediator = gluino ? {} : { mPhi: model.mMediator, mMediator: model.mMediator }
  const parameters = amplitudeParameters(
    {},
    { ...(gluino && { mGluino: model.mGluino }), ...mediator, gQuark },
  )
  const field = kind === 'scalar' ? 'phi' : 'Zp'
  const coupling = createRunningCoupling({
    ...{ loops: 1, referenceScale: parameters.mZ, referenceValue: 0.118 },
    ...{ charmMass: 1.3, bottomMass: 4.75 },
  })
  return createHardProcess(
    {
      process: gluino ? 'p p > go go' : `p p > ${field} j, ${field} > chi chi~`,
      flavours: 5,
      windows: [{ min: gluino ? 0 : hardJet, max: Infinity }],
      kernel,
    },
    {
      ...{ pdf: openPdf(null, lowestX), sqrtS, scale: 'ht/2', parameters },
      alphaS: (q) => coupling.alphaS(q),
      darkMatter: { kind, mChi: model.mChi, gChi },
    },
  )
}

/** What its events have to pass: what those of the shipped samples did. */
export const liveSelection = ({ kind }: LiveModel): EventSelection =>
  sampleSet[kind === 'gluino' ? 'gluino-m1000-dm300' : 'vector-m500'].selection
