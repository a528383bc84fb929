import type { TransformerSize } from '../../../../ml/transformer/transformer-spec.ts'
import { labelsOf } from '../../analysis/training/training-settings.ts'
import type { MultiTopIntent } from '../../intent.ts'

/** Processor time of a multi-task step for each of its events, on our kernel [ms]; docs/performance.md. */
const msPerEvent: Record<TransformerSize, number> = { 'small-1h': 1, 'small-5h': 1.4, large: 12 }
/** TensorFlow.js against our kernel, on the same processor. */
const slower = 11

/** How long a training takes, about: what is told before it is measured. */
export function roughMinutes(settings: MultiTopIntent['training']): string {
  const { epochs, task, size, workers, backend } = settings
  const shared = backend === 'kernels' ? 0.9 * workers + 0.1 : 1 / slower
  const work = (labelsOf(settings) * epochs * msPerEvent[size] * (task === 'multi-task' ? 1 : 0.5)) / shared
  const minutes = work / 60_000
  if (minutes < 1) return 'less than a minute'
  return minutes < 90 ? `about ${Math.round(minutes)} min` : `about ${Math.round(minutes / 60)} h`
}
