import {
  downloadWithLines,
  type Exported,
  type ExportFormat,
} from '../../../ui/common/download-with-lines.ts'
import type { EventsContext } from '../model.ts'

/** Saves a figure or table with what makes it again. */
export async function exportWithProvenance(
  { store, link }: EventsContext,
  file: Exported,
  format: ExportFormat,
  what: string,
): Promise<void> {
  const { intent, map } = store.getState()
  const lines = [
    'generator: Theoryscape',
    `dataset: ${intent.dataset} (${map.value?.ids.join(', ')})`,
    `model: ${map.value?.encoder.id}`,
    `seed: ${intent.seed}`,
    `link: ${await link()}`,
    `date: ${new Date().toISOString()}`,
  ]
  await downloadWithLines(file, format, `theoryscape-${intent.dataset}-${what}`, lines)
}
