import type { RawEvents } from '../analysis/map/learned-features.ts'
import type { TrainingRequest } from '../analysis/training/train-job.ts'
import { configOf, labelsOf } from '../analysis/training/training-settings.ts'
import type { TransformerSource } from '../analysis/transformer-source.ts'
import { sampleUrl, topClasses } from '../datasets.ts'
import type { TrainingIntent, TransformerAbout, TransformerTraining } from './transformer-run.ts'

/** Events of each class on the map as it learns. */
const previewPerClass = 60

/** All that decides the numbers of a training; workers and engine do not. */
export function trainingKey(settings: TrainingIntent, model: string | null, splitSeed: number): string {
  const { workers, backend, ...decides } = settings
  void [workers, backend]
  return `multi-top ${JSON.stringify([{ ...decides, labels: labelsOf(settings) }, settings.from === 'model' ? model : null, splitSeed])}`
}

/** What a training asks its worker for. */
export function trainingRequest(
  { settings, splitSeed }: TransformerAbout,
  model: TransformerSource,
  page: string,
): TrainingRequest {
  const { from, classes, seed } = settings
  return {
    data: {
      samples: topClasses.map(({ id }) => ({ id, manifestUrl: sampleUrl(page, id) })),
      ...{ classes, labels: labelsOf(settings), splitSeed, seed },
    },
    ...{ config: configOf(settings), model, scratch: from === 'scratch' },
  }
}

/** The first events of each class of the map. */
export function previewOf({ raw, filled, labels, events }: RawEvents): TransformerTraining['preview'] {
  const tokens = raw.length / events
  const taken = new Map<number, number>()
  const items = Int32Array.from({ length: events }, (_, i) => i).filter((event) => {
    const own = taken.get(labels[event]) ?? 0
    taken.set(labels[event], own + 1)
    return own < previewPerClass
  })
  const [values, marks] = [new Float32Array(items.length * tokens), new Uint8Array(items.length * tokens)]
  items.forEach((event, row) => {
    values.set(raw.subarray(event * tokens, (event + 1) * tokens), row * tokens)
    marks.set(filled.subarray(event * tokens, (event + 1) * tokens), row * tokens)
  })
  return {
    items,
    events: {
      ...{ raw: values, filled: marks, events: items.length },
      labels: Uint8Array.from(items, (event) => labels[event]),
    },
  }
}
