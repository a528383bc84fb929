import type { DrellYanContext } from '../../model.ts'
import {
  downloadWithLines,
  type Exported,
  type ExportFormat,
} from '../../../../ui/common/download-with-lines.ts'

/** What every export carries, so that a figure found later can be made again. */
async function provenance({ store, link }: DrellYanContext): Promise<Record<string, string>> {
  const open = store.getState().dataset.value
  return {
    generator: `Theoryscape, ${open?.header.manifest.generator ?? ''}`,
    dataset: `${open?.header.manifest.id ?? ''} sha256 ${open?.header.manifestHash ?? ''}`,
    ...(open?.header.manifest.qcd && {
      theory: `next-to-leading order of QCD, ${open.header.manifest.pdf.id}`,
    }),
    model: `${open?.encoder.id ?? ''} ${open?.encoder.hash ?? ''}`,
    seed: String(open?.header.manifest.seed ?? ''),
    link: await link(),
    date: new Date().toISOString(),
  }
}

export async function provenanceLines(context: DrellYanContext): Promise<string[]> {
  return Object.entries(await provenance(context)).map(([key, value]) => `${key}: ${value}`)
}

/** Saves a figure or table with its provenance: comments in SVG, CSV and PNG. Dropped on the page, it opens the same analysis. */
export async function exportWithProvenance(
  context: DrellYanContext,
  file: Exported,
  format: ExportFormat,
  what: string,
): Promise<void> {
  const name = `theoryscape-${context.store.getState().intent.dataset}-${what}`
  await downloadWithLines(file, format, name, await provenanceLines(context))
}
