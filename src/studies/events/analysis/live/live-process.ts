import type { HardProcess } from '../../../../generator/hard-process/hard-process.ts'
import { modelProcess } from '../../../../generator/samples/model-process.ts'
import { hardJet, type SampleModel } from '../../../../generator/samples/models.ts'
import { sampleSet } from '../../../../generator/samples/sample-set.ts'
import type { EventSelection } from '../../../../generator/samples/selection.ts'
import { openPdf } from '../../../../physics/pdf/open-pdf.ts'

/** A model whose events can be made in the page; masses in GeV. */
export type LiveModel =
  | { kind: 'gluino'; mGluino: number; mChi: number }
  | { kind: 'vector' | 'axial' | 'scalar'; mMediator: number; mChi: number }

/** Collisions as those of the shipped samples. */
const sqrtS = 13_000
const lowestX = 1e-7

function sampleModel(model: LiveModel): SampleModel {
  const { kind, mChi: mchi } = model
  if (kind === 'gluino') return { process: 'p p > go go', set: { mgo: model.mGluino, mchi } }
  const field = kind === 'scalar' ? 'phi' : 'Zp'
  const process = `p p > ${field} j, ${field} > chi chi~`
  return { process, set: { mphi: model.mMediator, mchi }, mediator: kind, ptMin: hardJet }
}

/** Its hard process, as those of the samples are. */
export const liveProcess = (model: LiveModel, kernel: WebAssembly.Module | undefined): HardProcess =>
  modelProcess(sampleModel(model), { pdf: openPdf(null, lowestX), sqrtS, kernel })

/** What its events have to pass: what those of the shipped samples did. */
export const liveSelection = ({ kind }: LiveModel): EventSelection =>
  sampleSet[kind === 'gluino' ? 'gluino-m1000-dm300' : 'vector-m500'].selection
