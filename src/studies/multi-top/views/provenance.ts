import {
  downloadWithLines,
  type Exported,
  type ExportFormat,
} from '../../../ui/common/download-with-lines.ts'
import { multiTopDataset } from '../datasets.ts'
import type { MultiTopContext } from '../model.ts'

/** Saves a figure or table with what makes it again. */
export async function exportWithProvenance(
  { store, link }: MultiTopContext,
  file: Exported,
  format: ExportFormat,
  what: string,
): Promise<void> {
  const { intent } = store.getState()
  const lines = [
    'generator: Theoryscape',
    `dataset: ${multiTopDataset.id}`,
    `model: ${intent.model ?? 'shipped'}`,
    `seed: ${intent.seed}`,
    `link: ${await link()}`,
    `date: ${new Date().toISOString()}`,
  ]
  await downloadWithLines(file, format, `theoryscape-${multiTopDataset.id}-${what}`, lines)
}
