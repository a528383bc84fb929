import type { PdfFile } from '../analysis/job-map.ts'
import { AppError } from '../errors.ts'
import { linearEncoderId } from '../analysis/drell-yan/linear-encoder.ts'
import type { SetupIntent } from '../share/schema.ts'
import type { Actions } from './actions.ts'
import type { Store } from './create-app-store.ts'
import { failed, ready, running, idle } from './loadable.ts'
import type { Services } from './services.ts'

const largestFileBytes = 64 * 1024 * 1024

/** Files that people drop: PDF grids and spectra. What was loaded before stays when a file is refused. */
export function createFileActions(store: Store, services: Services, actions: Actions) {
  async function loadPdf(files: File[]): Promise<void> {
    store.setState((state) => ({
      pdf: { ...state.pdf, summary: running(state.pdf.summary, 'Reading PDF grid') },
    }))
    try {
      const texts: PdfFile[] = await Promise.all(
        files.map(async (file) => ({ name: file.name, text: await file.text() })),
      )
      const summary = await services.compute.run('inspect-pdf', { files: texts }).promise
      store.setState({ pdf: { files: texts, summary: ready(summary) } })
      actions.notify('info', `${summary.id} is read. Build templates to use it.`)
    } catch (thrown) {
      refuse('pdf', thrown)
    }
  }

  async function loadSpectra(file: File): Promise<void> {
    const open = store.getState().dataset.value
    store.setState((state) => ({ query: running(state.query, `Reading ${file.name}`) }))
    try {
      if (!open)
        throw new AppError(
          'input/invalid',
          `${file.name} cannot be placed before a dataset is open. Wait for the map.`,
        )
      const bytes = new Uint8Array(await file.arrayBuffer())
      const encoded = await services.compute.run(
        'encode-file',
        { name: file.name, bytes, model: open.header.model, encoder: open.encoder.mlp },
        { transfer: [bytes.buffer] },
      ).promise
      store.setState({ query: ready(encoded) })
    } catch (thrown) {
      refuse('query', thrown)
    }
  }

  function refuse(where: 'pdf' | 'query', thrown: unknown): void {
    const error = AppError.from(thrown).toPlain()
    if (where === 'pdf')
      store.setState((state) => ({ pdf: { ...state.pdf, summary: failed(state.pdf.summary, error) } }))
    else store.setState((state) => ({ query: failed(state.query, error) }))
    actions.notify('error', error.message)
  }

  return {
    /** Sorts dropped files by name; content is judged by the readers. */
    async drop(files: File[]): Promise<void> {
      const tooLarge = files.find((file) => file.size > largestFileBytes)
      if (tooLarge) {
        actions.notify(
          'error',
          `${tooLarge.name} has ${tooLarge.size} bytes, at most ${largestFileBytes} (64 MiB) are read. Split it.`,
        )
        return
      }
      const grids = files.filter((file) => /\.(dat|info)$/i.test(file.name))
      const spectra = files.filter((file) => !grids.includes(file))
      if (grids.length) await loadPdf(grids)
      for (const file of spectra) await loadSpectra(file)
    },
    forgetQuery(): void {
      store.setState({ query: idle })
    },
    forgetPdf(): void {
      store.setState({ pdf: { files: null, summary: idle } })
    },
    /** Makes a dataset from a set-up with the PDF in use; going back is one undo. */
    build(setup: SetupIntent): void {
      actions.change({
        setup,
        model: linearEncoderId,
        selection: null,
        camera: null,
        focus: { kind: 'live' },
      })
    },
    backToShipped(): void {
      actions.openDataset(store.getState().intent.dataset)
    },
  }
}

export type FileActions = ReturnType<typeof createFileActions>
