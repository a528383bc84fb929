import { loadAmplitudeKernel } from '../../../../kernels/load-kernels.ts'
import { openPdf } from '../../../../physics/pdf/open-pdf.ts'
import type { ModelEvents } from '../models.ts'
import { jetModel, type JetModel } from './exact-limits.ts'
import { jetSample } from './made-alike.ts'

/** What goes on, and how much of it is done, 0 … 1. */
export interface Stage {
  kind: 'stage'
  label: string
  fraction: number
}

/** Energy of the samples [GeV]. */
const sqrtS = 13_000

/** Densities of the models that have one, by their ids, which are those of samples; with the densities of the samples. */
export async function* jetModels(
  models: readonly Pick<ModelEvents, 'id' | 'title'>[],
): AsyncGenerator<Stage, Map<string, JetModel>> {
  const found = new Map<string, JetModel>()
  const known = models.flatMap((model) => {
    const sample = jetSample(model.id)
    return sample ? [{ ...model, sample }] : []
  })
  if (known.length === 0) return found
  const kernel = await loadAmplitudeKernel()
  const pdf = openPdf(null, 1e-7)
  for (const [k, { id, title, sample }] of known.entries()) {
    const steps = jetModel({ id, model: sample }, { pdf, sqrtS, kernel })
    let step = steps.next()
    while (!step.done) {
      const fraction = (k + step.value) / known.length
      yield { kind: 'stage', label: `Exact density of ${title}`, fraction }
      step = steps.next()
    }
    found.set(id, step.value)
  }
  return found
}
