import type { MemberFiles, PdfBand } from '../analysis/pdf-band.ts'
import type { InspectedPdf } from '../analysis/inspected-pdf.ts'
import type { DroppedKind } from '../analysis/dropped-kind.ts'
import type { DroppedFile } from '../../../ml/sort-model-files.ts'
import { AppError } from '../../../errors.ts'
import { freeModelId } from '../../../core/own-models.ts'
import type { Shelf } from '../analysis/datasets/shelf.ts'
import { linearEncoderId } from '../analysis/linear-encoder.ts'
import type { SetupIntent } from '../intent.ts'
import type { Actions } from './actions.ts'
import type { DrellYanContext } from '../model.ts'
import { createProduct, slotOf, type Make, type MakeOutcome, type Product } from '../../../core/product.ts'
import type { OpenDataset } from './drell-yan-state.ts'
import { keepEncoder } from './keep-encoder.ts'
import { readOwnMeasured } from './own-measured.ts'
import { nothingShown } from './nothing-shown.ts'
import type { Services } from './services.ts'

/** Told by its content, since browsers rename second copies. */
function isClassifierCard({ bytes }: DroppedFile): boolean {
  return /"kind"\s*:\s*"classifier"/.test(new TextDecoder().decode(bytes))
}

/** Of a file's name what a link can hold. */
function nameInLinks(id: string): string {
  return id.replace(/[^A-Za-z0-9._+-]/g, '-').slice(0, 80)
}

/** Files that people drop: PDF grids and spectra. What was loaded before stays when a file is refused. */
export function createFileActions(
  { store, before }: DrellYanContext,
  services: Services,
  actions: Actions,
  /** Shows the classifier of these files. */
  takeClassifier: (files: DroppedFile[]) => Promise<void>,
  /** Hands out the file in which a measured spectrum is written. */
  saveTemplate: () => void,
) {
  const products = {
    pdf: createProduct<InspectedPdf>({
      get: () => store.getState().pdf.summary,
      set: (summary) => store.setState(({ pdf }) => ({ pdf: { ...pdf, summary } })),
    }),
    band: createProduct<PdfBand>({
      get: () => store.getState().pdf.band,
      set: (band) => store.setState(({ pdf }) => ({ pdf: { ...pdf, band } })),
    }),
    query: createProduct(slotOf(store, 'query')),
    imported: createProduct(slotOf(store, 'imported')),
    measured: createProduct(slotOf(store, 'measured')),
    shelf: createProduct(slotOf(store, 'shelf')),
  }

  /** Reads into a product; what is refused is told. */
  async function read<T>(product: Product<T>, label: string, make: Make<T>): Promise<MakeOutcome> {
    const outcome = await product.make(label, make, { fraction: null })
    const { error } = product.get()
    if (outcome === 'failed' && error) actions.notify('error', error.message)
    return outcome
  }

  /** @throws AppError where none is open, with what had to wait for it */
  function openDataset(refusal: string): OpenDataset {
    const open = store.getState().dataset.value
    if (open) return open
    throw new AppError('input/invalid', `${refusal} before a dataset is open. Wait for the map.`)
  }

  /** The drop that is being read, and those that wait for it. */
  let reading: Promise<void> = Promise.resolve()

  async function loadPdf(dropped: File[]): Promise<void> {
    let set: MemberFiles | null = null
    products.band.clear()
    const outcome = await read(products.pdf, 'Reading PDF grid', async ({ signal }) => {
      const [{ pdfTexts }, { memberFiles }, { loosened }] = await Promise.all([
        import('../analysis/pdf-texts.ts'),
        import('../analysis/pdf-band.ts'),
        import('../analysis/tar-files.ts'),
      ])
      const loose = await loosened(dropped)
      set = memberFiles(loose)
      // A map is made with the central member; others make its band and are not kept.
      const texts = await pdfTexts(set ? [set.info, ...set.members.slice(0, 1)] : loose)
      const summary = await services.compute.run('inspect-pdf', { files: texts }, { signal }).promise
      if (signal.aborted) return null
      store.setState(({ pdf }) => ({ pdf: { ...pdf, files: texts } }))
      return summary
    })
    const { value } = products.pdf.get()
    if (outcome !== 'ready' || !value) return
    const { intent } = store.getState()
    const awaited = intent.setup !== null && intent.pdf?.hash === value.hash
    const use = awaited ? 'The templates here are built with it.' : 'Build templates to use it.'
    actions.notify(
      value.notes.length > 0 ? 'warning' : 'info',
      [`${value.id} is read. ${use}`, ...value.notes].join(' '),
    )
    if (awaited) actions.retryDataset()
    else if (set !== null) await loadBand(set)
  }

  /** Error members as a band around the spectrum of the dataset that is open. */
  async function loadBand(files: MemberFiles): Promise<void> {
    const outcome = await read(products.band, `Reading members of ${files.id}`, ({ signal, onProgress }) => {
      const { header } = openDataset(`The error members of ${files.id} make no band`)
      const { observables } = header.universeModel.templates
      const { sqrtSGeV, scheme, cuts } = header.manifest
      const request = { files, observables, manifest: { sqrtSGeV, scheme, cuts } }
      return services.compute.run(
        'pdf-band',
        { ...request, manifestHash: header.manifestHash },
        { signal, onProgress },
      ).promise
    })
    const { value } = products.band.get()
    if (outcome === 'ready' && value)
      actions.notify(
        'info',
        `The ${value.members} error members of ${value.id} (${value.kind}) are a band around the Standard Model in Spectrum: one standard deviation.`,
      )
  }

  /** @param show  as the spectrum that is interpreted, where one is */
  async function loadSpectra(file: File, show = true): Promise<void> {
    const outcome = await read(products.query, `Reading ${file.name}`, async ({ signal }) => {
      const { header, encoder } = openDataset(`${file.name} cannot be placed`)
      const bytes = new Uint8Array(await file.arrayBuffer())
      const encoded = await services.compute.run(
        'encode-file',
        { name: file.name, bytes, model: header.universeModel, encoder: encoder.mlp },
        { signal, transfer: [bytes.buffer] },
      ).promise
      return { ...encoded, manifestHash: header.manifestHash, file }
    })
    // A file dropped while a spectrum is interpreted is what its owner wants to read about.
    if (show && outcome === 'ready' && store.getState().intent.view === 'interpret')
      actions.showIn({ droppedRow: 0 })
  }

  async function loadModel(files: File[]): Promise<void> {
    let keeping: Promise<unknown> | boolean = true
    const outcome = await read(products.imported, 'Reading model files', async ({ signal }) => {
      const { manifest } = openDataset('A model cannot be read').header
      const dropped = await Promise.all(
        files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
      )
      if (dropped.some(isClassifierCard)) {
        await takeClassifier(dropped)
        return null
      }
      const request = { files: dropped, manifest }
      const made = await services.compute.run('import-encoder', request, { signal }).promise
      const id = await freeModelId(made.encoder, services.encoders, store.getState().catalogue.models)
      if (signal.aborted) return null
      const encoder = id === made.encoder.id ? made.encoder : { ...made.encoder, id }
      keeping =
        services.encoders.has(encoder.id) ||
        keepEncoder(services, actions, { encoder, files: made.files }, 'file')
      return encoder
    })
    const { value } = products.imported.get()
    if (outcome !== 'ready' || !value) return
    actions.change({ model: value.id, camera: null, selection: null })
    await keeping
  }

  /** A measured spectrum, and its covariance where it comes as a table of its own, become the dataset on the map. */
  async function loadMeasured(files: File[]): Promise<void> {
    const label = `Reading ${files[0].name}`
    const outcome = await products.measured.make(
      label,
      async ({ signal }) => {
        const texts = await Promise.all(
          files.map(async (file) => ({ name: file.name, text: await file.text() })),
        )
        return readOwnMeasured(services, { files: texts }, signal)
      },
      { fraction: null },
    )
    const { value, error } = products.measured.get()
    if (outcome === 'failed' && error)
      actions.notify('error', error.message, [{ label: 'Template to fill in', run: saveTemplate }])
    if (outcome !== 'ready' || !value) return
    const kept = services.products.put('measured', value.id, { files: value.files })
    void kept.catch(() =>
      actions.notSaved(`${value.measurement.title} is not stored in this browser: it goes with the page.`),
    )
    actions.change({ dataset: value.id, model: linearEncoderId, order: 'quadratic', ...nothingShown })
    actions.notify(
      'info',
      [
        `${value.measurement.title} is a measured spectrum of ${value.measurement.value.length} bins: its map is made on them.`,
        ...value.notes.map((note) => `${note[0].toUpperCase()}${note.slice(1)}.`),
      ].join(' '),
    )
  }

  /** Gives dropped files to their readers, by content. */
  async function take(files: readonly File[]): Promise<void> {
    const { droppedKinds } = await import('../analysis/dropped-kind.ts')
    const kinds = await droppedKinds(files)
    const of = (kind: DroppedKind) => files.filter((_, i) => kinds[i] === kind)
    const wcxf = of('wcxf')
    if (wcxf.length) {
      const { takeWcxf } = await import('./wcxf-files.ts')
      for (const file of wcxf) await takeWcxf(file, store, services, actions)
    }
    const measured = of('measured')
    if (measured.length) await loadMeasured(measured)
    const [grids, model] = [of('pdf'), of('model')]
    if (grids.length) await loadPdf(grids)
    if (model.length) await loadModel(model)
    for (const file of of('spectra')) await loadSpectra(file)
  }

  return {
    /** One drop after the other: what is wrong with the first must be told, too. */
    drop(files: readonly File[]): Promise<void> {
      const turn = reading.then(() => take(files))
      reading = turn.catch(() => undefined)
      return turn
    },
    /** Spectra of a bundle, whose intent says what is shown of them. */
    layOut: (spectra: File) => loadSpectra(spectra, false),
    forgetQuery(): void {
      products.query.clear()
      if (store.getState().intent.panels.droppedRow !== null) actions.showIn({ droppedRow: null })
    },
    forgetPdf(): void {
      products.pdf.clear()
      products.band.clear()
      store.setState(({ pdf }) => ({ pdf: { ...pdf, files: null } }))
    },
    /** Reads every manifest and card of the catalogue, once. */
    async loadShelf(): Promise<void> {
      const { catalogue } = store.getState()
      const readShelf: Make<Shelf> = ({ signal }) =>
        services.compute.run('read-shelf', catalogue, { signal }).promise
      await products.shelf.ensure('catalogue', 'Reading the catalogue', readShelf, { fraction: null })
    },
    /** Makes a dataset from a set-up with the PDF in use; going back is one undo. */
    build(setup: SetupIntent): void {
      const { intent, pdf: dropped } = store.getState()
      const { value } = dropped.summary
      const pdf = dropped.files && value ? { id: nameInLinks(value.id), hash: value.hash } : null
      const same = (a: object | null, b: object | null) => JSON.stringify(a) === JSON.stringify(b)
      if (same(setup, intent.setup) && same(pdf, intent.pdf)) return actions.retryDataset()
      actions.change({
        setup,
        pdf,
        model: linearEncoderId,
        selection: null,
        camera: null,
        focus: { kind: 'live' },
      })
    },
    /** Ends a build and opens again what was on the map before it. */
    cancelBuild(): void {
      const { intent } = store.getState()
      if (before()?.setup !== intent.setup) actions.undo()
      else actions.openDataset(intent.dataset)
    },
    backToShipped(): void {
      actions.openDataset(store.getState().intent.dataset)
    },
  }
}

export type FileActions = ReturnType<typeof createFileActions>
