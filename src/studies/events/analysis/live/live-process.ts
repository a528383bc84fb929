import type { HardProcess } from '../../../../generator/hard-process/hard-process.ts'
import { modelProcess } from '../../../../generator/samples/model-process.ts'
import { gluinoModel, mediated } from '../../../../generator/samples/models.ts'
import { gluinoSelection, monojetSelection } from '../../../../generator/samples/sample-set.ts'
import type { EventSelection } from '../../../../generator/samples/selection.ts'
import { openPdf } from '../../../../physics/pdf/open-pdf.ts'
import type { PdfSet } from '../../../../physics/pdf/pdf-set.ts'

/** A model whose events can be made in the page; masses in GeV. */
export type LiveModel =
  | { kind: 'gluino'; mGluino: number; mChi: number }
  | { kind: 'vector' | 'axial' | 'scalar'; mMediator: number; mChi: number }

/** Collisions as those of the shipped samples. */
const sqrtS = 13_000
const lowestX = 1e-7

let pdf: PdfSet | undefined

/** Densities of the samples, evolved once in a thread. */
export const samplePdf = (): PdfSet => (pdf ??= openPdf(null, lowestX))

/** Its hard process, as those of the samples are. */
export function liveProcess(model: LiveModel, kernel: WebAssembly.Module | undefined): HardProcess {
  const sample =
    model.kind === 'gluino'
      ? gluinoModel(model.mGluino, model.mChi)
      : mediated(model.kind, model.mMediator, model.mChi)
  return modelProcess(sample, { pdf: samplePdf(), sqrtS, kernel })
}

/** What its events have to pass: what those of the shipped samples did. */
export const liveSelection = ({ kind }: LiveModel): EventSelection =>
  kind === 'gluino' ? gluinoSelection : monojetSelection
