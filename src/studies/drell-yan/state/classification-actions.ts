import type { ClassifierLocation, LoadedClassifier } from '../analysis/classification/loaded-classifier.ts'
import { classifiedDataset } from '../analysis/datasets/classified-dataset.ts'
import type { ClassifierBundle } from '../analysis/datasets/classifier-bundle.ts'
import { defaultEvaluation } from '../analysis/classification/class-setup.ts'
import type { Classifier, ClassifierNetworks } from '../analysis/classification/classifier.ts'
import { gallery, type Gallery } from '../analysis/classification/gallery.ts'
import type { DroppedFile } from '../../../ml/sort-model-files.ts'
import { AppError } from '../../../errors.ts'
import type { ClassifierIntent } from '../intent.ts'
import type { Actions } from './actions.ts'
import type { ClassificationState, KeyedReport, ShownClassifier } from './classification-state.ts'
import type { DrellYanStore } from './drell-yan-state.ts'
import type { Loadable } from '../../../core/loadable.ts'
import { createProduct, type Making } from '../../../core/product.ts'
import type { Services } from './services.ts'
import { trainNetworks } from './train-networks.ts'
import { classifierKey, shippedId, type WantedClassifier } from './wanted-classifier.ts'

/** Looks up, trains and scores classifiers, one at a time; what was trained in this visit stays at hand. */
export function createClassificationActions(
  store: DrellYanStore,
  services: Services,
  shipped: readonly ClassifierLocation[],
  actions: Actions,
) {
  const kept = new Map<string, { shown: ShownClassifier; report: KeyedReport | undefined }>()
  const { classifier: work } = services.work
  let toldUnsaved = false

  function productAt<P extends 'shown' | 'report'>(name: P) {
    type Value = NonNullable<ClassificationState[P]['value']>
    return createProduct<Value>({
      get: () => store.getState().classification[name] as Loadable<Value>,
      set: (value) => update({ [name]: value }),
    })
  }
  const products = { shown: productAt('shown'), report: productAt('report') }
  function update(patch: Partial<ClassificationState>): void {
    store.setState(({ classification }) => ({ classification: { ...classification, ...patch } }))
  }

  /** What the settings ask for. */
  function want(): WantedClassifier | null {
    const { dataset, intent } = store.getState()
    const open = dataset.value
    return open ? { open, settings: intent.classifier, key: classifierKey(open, intent.classifier) } : null
  }

  function clear(): void {
    products.shown.clear()
    products.report.clear()
    update({ untrained: null, members: [] })
  }

  /** Scores on new replicas; gives the calibrated classifier, or null where it came to nothing. */
  async function measure(
    { open, key }: WantedClassifier,
    classes: Gallery,
    networks: ClassifierNetworks,
    signal?: AbortSignal,
  ): Promise<Classifier | null> {
    const { universeModel: model, manifest } = open.header
    const options = { ...defaultEvaluation, order: manifest.order }
    let calibrated: Classifier | null = null
    const outcome = await products.report.make(
      'Measuring on new replicas',
      async (making) => {
        const request = { model, gallery: classes, networks, options }
        const run = services.classification.run('evaluate-classifier', request, making)
        const { classifier, report } = await run.promise
        calibrated = classifier
        return { ...report, key }
      },
      { key, signal, shown: { value: undefined } },
    )
    return outcome === 'ready' ? calibrated : null
  }

  /** A classifier from files on the page, then its scores. */
  async function show(
    wanted: WantedClassifier,
    origin: 'shipped' | 'file',
    load: (signal: AbortSignal) => Promise<LoadedClassifier>,
  ): Promise<void> {
    const { open, key } = wanted
    clear()
    // Scores that the page ships stand there while the networks are read.
    const known = origin === 'shipped' ? services.recorded.classes(key) : Promise.resolve(null)
    void known.then((recorded) => {
      if (recorded && products.shown.get().key === key && products.shown.busy)
        products.report.put(recorded, key)
    })
    const outcome = await products.shown.make(
      'Loading the classifier',
      async ({ signal }) => {
        const { classifier, card } = await load(signal)
        return { key, origin, classifier, gallery: gallery(open.header, [...classifier.universes]), card }
      },
      { key, fraction: null },
    )
    const { value } = products.shown.get()
    if (outcome !== 'ready' || !value) return
    const recorded = await known
    if (recorded && want()?.key === key && products.shown.get().value === value) {
      products.report.put(recorded, key)
      return keep(key)
    }
    if (origin === 'file') keep(key) // it cannot be loaded again if its measurement is cut short
    if (await measure(wanted, value.gallery, value.classifier)) keep(key)
  }

  function load(wanted: WantedClassifier, location: ClassifierLocation): Promise<void> {
    const request = { location, header: classifiedDataset(wanted.open.header) }
    return show(
      wanted,
      'shipped',
      (signal) => services.classification.run('load-classifier', request, { signal }).promise,
    )
  }

  function keep(key: string): void {
    const shown = products.shown.get().value
    if (!shown) return
    const report = products.report.get().value
    kept.set(key, { shown, report })
    if (shown.origin !== 'shipped') void saveFor(key, shown, report)
  }

  /** For later visits; what is not stored is told once. */
  async function saveFor(
    key: string,
    { origin, classifier, card }: ShownClassifier,
    report: KeyedReport | null = null,
  ): Promise<void> {
    try {
      await services.products.put('classifier', key, { origin, classifier, card, report })
      if (services.products.durable) work.saved()
    } catch (thrown) {
      if (toldUnsaved) return
      toldUnsaved = true
      actions.notSaved(
        `The classifier was not saved (${AppError.from(thrown).message}): it is gone when the page is closed. Export it to keep it.`,
      )
    }
  }

  function put(key: string, shown: ShownClassifier, report: KeyedReport | undefined): void {
    products.shown.put(shown, key)
    if (report) products.report.put(report, key)
  }

  /** One of an earlier visit. */
  async function recall({ open, key }: WantedClassifier): Promise<void> {
    const found = await services.products.get('classifier', key).catch(() => null)
    if (products.shown.get().status !== 'idle' || want()?.key !== key) return
    if (!found) return update({ untrained: key })
    const { origin, classifier, card, report } = found
    const classes = gallery(open.header, [...classifier.universes])
    const shown = { key, origin, classifier, gallery: classes, card }
    put(key, shown, report ?? undefined)
    kept.set(key, { shown, report: report ?? undefined })
  }

  /** The networks of the settings, side by side, calibrated and scored. */
  async function trained(
    wanted: WantedClassifier,
    making: Making<ShownClassifier>,
  ): Promise<ShownClassifier | null> {
    const { classes, networks } = await trainNetworks(wanted, services, making, (members) =>
      update({ members }),
    )
    work.end()
    making.tell(() => ({ label: 'Calibrating and measuring', fraction: 1 }))
    const classifier = await measure(wanted, classes, networks, making.signal)
    const { error } = products.report.get()
    if (error) {
      products.report.clear()
      throw AppError.fromPlain(error)
    }
    return classifier && { key: wanted.key, origin: 'trained', classifier, gallery: classes, card: null }
  }

  async function train(): Promise<void> {
    const wanted = want()
    if (!wanted) return
    const { key } = wanted
    const { value } = products.shown.get()
    products.report.clear()
    work.start()
    const outcome = await products.shown.make('Training', (making) => trained(wanted, making), {
      ...{ key, shown: { value: value?.key === key ? value : undefined } },
    })
    if (outcome === 'ended') return // who ended it says what is there now
    update({ members: [] })
    if (outcome === 'ready') return keep(key)
    work.saved()
    work.end()
  }

  function ensure(): void {
    const wanted = want()
    if (!wanted) return
    const { key, status } = products.shown.get()
    if (key === wanted.key && (status === 'running' || status === 'ready')) return
    if (products.shown.busy) work.end()
    clear()
    const known = kept.get(wanted.key)
    const id = shippedId(wanted.open, wanted.settings)
    const location = shipped.find((entry) => entry.id === id)
    if (known) put(wanted.key, known.shown, known.report)
    else if (location) void load(wanted, location)
    else void recall(wanted)
  }

  return {
    /** Shows the classifier of the settings, where one is shipped, or was trained in this visit or an earlier one. */
    ensure,
    train,
    /** Ends a training; what was there before comes back. */
    cancel(): void {
      products.shown.cancel()
      products.report.cancel()
      update({ members: [] })
      work.end()
      work.saved()
      const { value } = products.shown.get()
      const known = value && kept.get(value.key)
      if (known) return put(value.key, known.shown, known.report)
      clear()
      ensure()
    },
    /** The classifier on the page as card.json, model.json and weights.bin; null where that fails, which is said. */
    async exportFiles(): Promise<ClassifierBundle | null> {
      const { shown, report } = store.getState().classification
      const { dataset, intent } = store.getState()
      if (!shown.value || !dataset.value) return null
      const { key, classifier, card } = shown.value
      if (key !== classifierKey(dataset.value, intent.classifier)) return null // another is on its way
      const { header, encoder } = dataset.value
      const { id, hash } = encoder
      try {
        const made = await services.classification.run('export-classifier', {
          ...(card && { id: card.id, title: card.title, description: card.description }),
          classifier,
          report: report.value?.key === key ? report.value : null,
          header: classifiedDataset(header),
          encoder: classifier.latent && { id, hash },
          date: new Date(services.now()).toISOString().slice(0, 10),
        }).promise
        work.saved()
        return made
      } catch (thrown) {
        actions.notify('error', AppError.from(thrown).message)
        return null
      }
    },
    /**
     * Shows the classifier of dropped files; the settings become its own.
     *
     * @param turnTo  its view; otherwise it is shown where the settings ask for it, and nothing else changes
     * @throws AppError where the files are damaged, or made for another dataset or encoder
     */
    async adopt(files: DroppedFile[], turnTo = true): Promise<void> {
      const open = store.getState().dataset.value
      if (!open)
        throw new AppError(
          'input/invalid',
          'A classifier cannot be read before a dataset is open. Wait for the map.',
        )
      const request = { files, header: classifiedDataset(open.header) }
      const loaded = await services.classification.run('import-classifier', request).promise
      const { card, classifier } = loaded
      if (store.getState().dataset.value?.header.manifestHash !== open.header.manifestHash)
        throw new AppError(
          'model/mismatch',
          'Another dataset was opened while the classifier was read. Drop its files again.',
        )
      if (card?.latent && card.latent.hash !== open.encoder.hash)
        throw new AppError(
          'model/mismatch',
          `Classifier ${card.id} reads latent points of encoder ${card.latent.id} ${card.latent.hash.slice(0, 8)}, the map shows ${open.encoder.id} ${open.encoder.hash.slice(0, 8)}. Choose that encoder first.`,
        )
      const { method, steps, seed } = classifier.config
      const settings: ClassifierIntent = {
        ...{ method, steps, seed, classes: classifier.universes.length },
        input: classifier.latent ? 'latent' : 'spectrum',
      }
      if (turnTo) actions.change({ classifier: settings, view: 'interpret', interpretTab: 'classify' })
      const wanted = want()
      if (wanted?.key !== classifierKey(open, settings)) return
      // Measured in the background: the files are read, which is what was asked for.
      void show(wanted, 'file', async () => loaded)
    },
    /** Scores of the shipped classifier once more, in place of the recorded ones. */
    async measureAgain(): Promise<void> {
      const wanted = want()
      const { value } = products.shown.get()
      if (!wanted || value?.key !== wanted.key) return
      if (await measure(wanted, value.gallery, value.classifier)) keep(wanted.key)
    },
    /** Tries again after a failure. */
    retry(): void {
      clear()
      ensure()
    },
  }
}

export type ClassificationActions = ReturnType<typeof createClassificationActions>
