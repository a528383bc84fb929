import type { ClassifierIntent } from '../intent.ts'
import type { OpenDataset } from './drell-yan-state.ts'

/** What is asked of classifiers: that of the settings on the open dataset. */
export interface WantedClassifier {
  open: OpenDataset
  settings: ClassifierIntent
  key: string
}

/** Names the classifier of these settings on this dataset. */
export function classifierKey(
  { header, encoder }: Pick<OpenDataset, 'header' | 'encoder'>,
  settings: ClassifierIntent,
): string {
  const { method, classes, input, steps, seed } = settings
  const read = input === 'latent' ? encoder.hash : ''
  return JSON.stringify([header.manifestHash, method, classes, input, steps, seed, read])
}

/** Id of the classifier that would be shipped for these settings. */
export function shippedId({ header }: OpenDataset, settings: ClassifierIntent): string | null {
  const { method, classes, input, steps, seed } = settings
  const usual = classes === 100 && input === 'spectrum' && steps === 2000 && seed === 1
  return usual ? `${header.manifest.id}-${method}` : null
}
