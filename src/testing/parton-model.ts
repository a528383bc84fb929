import { modelProcess } from '../generator/samples/model-process.ts'
import type { SampleModel } from '../generator/samples/models.ts'
import { loadAmplitudeKernel } from '../kernels/load-kernels.ts'
import { createDefaultPdf } from '../physics/pdf/default-pdf.ts'
import { featuresPerEvent } from '../studies/events/analysis/features/event-features.ts'
import { monojetCuts } from '../studies/events/analysis/distances/exact-limits.ts'
import type { ModelEvents } from '../studies/events/analysis/models.ts'
import { partonJetSource } from './parton-jets.ts'

export const sqrtS = 13_000
export const pdf = createDefaultPdf({ grid: { xMin: 5e-8 } })
export const kernel = await loadAmplitudeKernel()

/** A vector mediator that is not to decay, and its jet. */
export const onShell = (mphi: number): SampleModel => ({
  ...{ process: 'p p > Zp j', set: { mphi }, mediator: 'vector', ptMin: monojetCuts.ptMin },
})

const leadingPt = 4

/** Parton events of one boson and one jet as features of which three are filled: MET and the jet's, which are one, and |η|. */
export async function partonModel(
  id: string,
  model: SampleModel,
  events: number,
  seed: number,
): Promise<ModelEvents> {
  const hard = modelProcess(model, { pdf, sqrtS, kernel })
  const source = await partonJetSource(hard, { absEtaMax: monojetCuts.absEtaMax, kernel })
  const { pt, absEta } = source(events, seed)
  const features = new Float32Array(events * featuresPerEvent)
  for (let i = 0; i < events; i++) {
    features[i * featuresPerEvent] = pt[i]
    features.set([pt[i], absEta[i]], i * featuresPerEvent + leadingPt)
  }
  return { id, title: id, features, events }
}

/** ln pT and |η| of events, on a scale of one. */
export function twoObservables({ features }: ModelEvents, places: Uint32Array): Float32Array {
  const out = new Float32Array(2 * places.length)
  places.forEach((event, i) => {
    const at = event * featuresPerEvent + leadingPt
    out[2 * i] = 2 * (Math.log(features[at] / monojetCuts.ptMin) - 0.4)
    out[2 * i + 1] = 1.5 * (features[at + 1] - 0.9)
  })
  return out
}
