import type { PdfFile } from '../analysis/job-map.ts'
import type { DroppedFile } from '../analysis/model-bundle.ts'
import { AppError } from '../errors.ts'
import { linearEncoderId } from '../analysis/drell-yan/linear-encoder.ts'
import type { SetupIntent } from '../share/schema.ts'
import type { Actions } from './actions.ts'
import type { Store } from './create-app-store.ts'
import { failed, ready, running, idle } from './loadable.ts'
import { keepEncoder } from './keep-encoder.ts'
import type { Services } from './services.ts'

const largestFileBytes = 64 * 1024 * 1024
const mostFiles = 20

/** Told by its content, since browsers rename second copies. */
function isClassifierCard({ name, bytes }: DroppedFile): boolean {
  return /\.json$/i.test(name) && /"kind"\s*:\s*"classifier"/.test(new TextDecoder().decode(bytes))
}

/** Files that people drop: PDF grids and spectra. What was loaded before stays when a file is refused. */
export function createFileActions(
  store: Store,
  services: Services,
  actions: Actions,
  /** Opens the analysis of a link, given from "#" on. */
  openLink: (hash: string) => void,
  /** Shows the classifier of these files. */
  takeClassifier: (files: DroppedFile[]) => Promise<void>,
) {
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
      store.setState({ query: ready({ ...encoded, manifestHash: open.header.manifestHash }) })
    } catch (thrown) {
      refuse('query', thrown)
    }
  }

  async function loadModel(files: File[]): Promise<void> {
    store.setState((state) => ({ imported: running(state.imported, 'Reading model files') }))
    try {
      const open = store.getState().dataset.value
      if (!open)
        throw new AppError(
          'input/invalid',
          'A model cannot be read before a dataset is open. Wait for the map.',
        )
      const dropped = await Promise.all(
        files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
      )
      if (dropped.some(isClassifierCard)) {
        await takeClassifier(dropped)
        return store.setState(({ imported }) => ({ imported: imported.value ? ready(imported.value) : idle }))
      }
      const { manifest, manifestHash } = open.header
      const made = await services.compute.run('import-encoder', { files: dropped, manifest }).promise
      const read = made.encoder
      // A file with the id of a shipped model, or of another one of one's own, must not stand in for it.
      const shipped = store.getState().catalogue.models.some(({ id }) => id === read.id)
      const known = (await services.encoders.known()).find(({ id }) => id === read.id)
      const taken = shipped || (known && known.hash !== read.hash)
      const encoder = taken ? { ...read, id: `file-${read.hash.slice(0, 12)}` } : read
      const keeping =
        services.encoders.has(encoder.id) ||
        keepEncoder(services, actions, { encoder, files: made.files }, 'file')
      store.setState({ imported: ready(encoder) })
      if (read.card && read.card.dataset.manifestSha256 !== manifestHash)
        actions.notify(
          'warning',
          `${encoder.id} was trained on dataset ${read.card.dataset.id} ${read.card.dataset.manifestSha256.slice(0, 8)}, the map shows ${manifest.id} ${manifestHash.slice(0, 8)}: the bins agree in number, whether they mean the same is for you to judge.`,
        )
      actions.change({ model: encoder.id, camera: null, selection: null })
      await keeping
    } catch (thrown) {
      refuse('imported', thrown)
    }
  }

  /** Exported pictures open the analysis that they were made from. */
  async function openPicture(file: File): Promise<void> {
    try {
      const { linkInPicture } = await import('../share/picture-link.ts')
      const link = linkInPicture(file.name, new Uint8Array(await file.arrayBuffer()))
      if (link === null)
        throw new AppError(
          'input/invalid',
          `${file.name} carries no analysis. Drop a picture that was exported here and not edited since.`,
        )
      openLink(link)
      actions.notify('info', `${file.name}: this is the analysis it was exported from.`)
    } catch (thrown) {
      actions.notify('error', AppError.from(thrown).message)
    }
  }

  function refuse(where: 'pdf' | 'query' | 'imported', thrown: unknown): void {
    const error = AppError.from(thrown).toPlain()
    if (where === 'pdf')
      store.setState((state) => ({ pdf: { ...state.pdf, summary: failed(state.pdf.summary, error) } }))
    else if (where === 'query') store.setState((state) => ({ query: failed(state.query, error) }))
    else store.setState((state) => ({ imported: failed(state.imported, error) }))
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
      if (files.length > mostFiles) {
        actions.notify('error', `${files.length} files were dropped, at most ${mostFiles} are read at once.`)
        return
      }
      // JSON beside weights is a model.
      const mayBeWcxf =
        files.some((file) => /\.(json|ya?ml)$/i.test(file.name)) &&
        !files.some((file) => /\.bin$/i.test(file.name))
      const rest = mayBeWcxf ? await (await import('./wcxf-files.ts')).takeWcxf(files, store, actions) : files
      const grids = rest.filter((file) => /\.(dat|info)$/i.test(file.name))
      const model = rest.filter((file) => /\.(json|bin)$/i.test(file.name))
      const pictures = rest.filter((file) => /\.(png|svg)$/i.test(file.name))
      const others = [...grids, ...model, ...pictures]
      const spectra = rest.filter((file) => !others.includes(file))
      if (pictures.length) await openPicture(pictures[pictures.length - 1])
      if (grids.length) await loadPdf(grids)
      if (model.length) await loadModel(model)
      for (const file of spectra) await loadSpectra(file)
    },
    forgetQuery(): void {
      store.setState({ query: idle })
    },
    forgetPdf(): void {
      store.setState({ pdf: { files: null, summary: idle } })
    },
    /** Reads every manifest and card of the catalogue, once. */
    async loadShelf(): Promise<void> {
      const { shelf, catalogue } = store.getState()
      if (shelf.status === 'running' || shelf.status === 'ready') return
      store.setState({ shelf: running(shelf, 'Reading the catalogue') })
      try {
        store.setState({ shelf: ready(await services.compute.run('read-shelf', catalogue).promise) })
      } catch (thrown) {
        store.setState({ shelf: failed(shelf, AppError.from(thrown).toPlain()) })
      }
    },
    /** Makes a dataset from a set-up with the PDF in use; going back is one undo. */
    build(setup: SetupIntent): void {
      // The same set-up again is meant for another PDF, which is no part of the intent.
      if (JSON.stringify(setup) === JSON.stringify(store.getState().intent.setup))
        return actions.retryDataset()
      actions.change({
        setup,
        model: linearEncoderId,
        selection: null,
        camera: null,
        focus: { kind: 'live' },
      })
    },
    /** Ends a build and opens again what was on the map before it. */
    cancelBuild(): void {
      const { past, intent } = store.getState()
      if (past.at(-1)?.setup !== intent.setup) actions.undo()
      else actions.openDataset(intent.dataset)
    },
    backToShipped(): void {
      actions.openDataset(store.getState().intent.dataset)
    },
  }
}

export type FileActions = ReturnType<typeof createFileActions>
