import type { ModelFiles } from '../../ml/model-files.ts'
import { download } from './download.ts'

/** The three files of a model, one after the other. */
export function downloadModel({ card, model, weights }: ModelFiles): void {
  download(card, 'card.json', 'application/json')
  download(model, 'model.json', 'application/json')
  download(new Blob([weights]), 'weights.bin')
}
