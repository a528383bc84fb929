import type { ClassifierLocation, LoadedClassifier } from '../analysis/classification-jobs.ts'
import { classifiedDataset } from '../analysis/classified-dataset.ts'
import type { ClassifierBundle } from '../analysis/classifier-bundle.ts'
import {
  defaultClassifier,
  defaultEvaluation,
  latentInput,
} from '../analysis/drell-yan/classification/class-setup.ts'
import type { ClassifierNetworks } from '../analysis/drell-yan/classification/classifier.ts'
import { gallery, galleryUniverses, type Gallery } from '../analysis/drell-yan/classification/gallery.ts'
import type { DroppedFile } from '../analysis/model-bundle.ts'
import { AppError } from '../errors.ts'
import type { ClassifierReport } from '../ml/classifier/train-classifier.ts'
import type { ClassifierIntent } from '../share/schema.ts'
import type { Actions } from './actions.ts'
import type { OpenDataset } from './app-state.ts'
import type { ClassificationState, ShownClassifier } from './classification-state.ts'
import type { Store } from './create-app-store.ts'
import { failed, idle, ready, running, type Loadable } from './loadable.ts'
import type { Services } from './services.ts'

/** Steps between two looks at the progress of a member: more often nobody sees. */
const stepsPerNews = 20

/** Names the classifier of these settings on this dataset. */
export function classifierKey({ header, encoder }: OpenDataset, settings: ClassifierIntent): string {
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

interface Wanted {
  open: OpenDataset
  settings: ClassifierIntent
  key: string
  signal: AbortSignal
}

/** Looks up, trains and scores classifiers, one at a time; what was trained in this visit stays at hand. */
export function createClassificationActions(
  store: Store,
  services: Services,
  shipped: readonly ClassifierLocation[],
  actions: Actions,
) {
  const kept = new Map<string, Pick<ClassificationState, 'shown' | 'report'>>()
  const { classifier: work } = services.work
  let wantedKey = ''
  let abort = new AbortController()

  const now = (): ClassificationState => store.getState().classification
  function update(patch: Partial<ClassificationState>): void {
    store.setState(({ classification }) => ({ classification: { ...classification, ...patch } }))
  }

  /** What the settings ask for; whatever was under way for others ends. */
  function want(): Wanted | null {
    const { dataset, intent } = store.getState()
    if (!dataset.value) return null
    const key = classifierKey(dataset.value, intent.classifier)
    abort.abort()
    abort = new AbortController()
    wantedKey = key
    return { open: dataset.value, settings: intent.classifier, key, signal: abort.signal }
  }

  async function evaluate(
    { open, key, signal }: Wanted,
    classes: Gallery,
    networks: ClassifierNetworks,
  ): Promise<ShownClassifier['classifier']> {
    const { model, manifest } = open.header
    update({ report: running(idle, 'Measuring on new replicas', 0) })
    const { classifier, report } = await services.classification.run(
      'evaluate-classifier',
      { model, gallery: classes, networks, options: { ...defaultEvaluation, order: manifest.order } },
      {
        signal,
        onProgress: (fraction) => {
          if (!signal.aborted) update({ report: running(idle, 'Measuring on new replicas', fraction) })
        },
      },
    ).promise
    if (!signal.aborted) update({ report: ready({ ...report, key }) })
    return classifier
  }

  /** A classifier from files on the page, then its scores. */
  async function show(
    wanted: Wanted,
    origin: 'shipped' | 'file',
    loading: LoadedClassifier | Promise<LoadedClassifier>,
  ): Promise<void> {
    const { open, key, signal } = wanted
    update({ shown: running(idle, 'Loading the classifier'), report: idle, members: [] })
    try {
      const { classifier, card } = await loading
      if (signal.aborted) return
      const classes = gallery(open.header, [...classifier.universes])
      update({ shown: ready({ key, origin, classifier, gallery: classes, card }) })
      if (origin === 'file') keep(key) // it cannot be loaded again if its measurement is cut short
      await evaluate(wanted, classes, classifier)
      if (!signal.aborted) keep(key)
    } catch (thrown) {
      if (!signal.aborted) fail(thrown)
    }
  }

  function load(wanted: Wanted, location: ClassifierLocation): Promise<void> {
    const request = { location, header: classifiedDataset(wanted.open.header) }
    const run = services.classification.run('load-classifier', request, { signal: wanted.signal })
    return show(wanted, 'shipped', run.promise)
  }

  function fail(thrown: unknown): void {
    const error = AppError.from(thrown).toPlain()
    const { shown, report } = now()
    wantedKey = '' // asked for again, it is tried again
    // The classifier itself is fine when only its measurement failed.
    if (shown.status === 'ready') update({ report: failed(report, error) })
    else update({ shown: failed(shown, error), report: idle, members: [] })
  }

  function keep(key: string): void {
    const { shown, report } = now()
    kept.set(key, { shown, report })
  }

  async function train(): Promise<void> {
    const wanted = want()
    if (!wanted) return
    const { open, settings, key, signal } = wanted
    const { header } = open
    try {
      const classes = gallery(header, galleryUniverses(header, settings.classes))
      const latent = settings.input === 'latent' ? latentInput(open.encoder.mlp, classes) : null
      const config = {
        ...defaultClassifier(settings.method, classes.universes.length, settings.seed),
        steps: settings.steps,
      }
      const members: ClassifierReport[] = Array.from({ length: config.members }, () => ({
        step: 0,
        steps: config.steps,
        loss: Number.NaN,
      }))
      const shown: Loadable<ShownClassifier> = now().shown
      const previous = shown.value?.key === key ? shown : idle
      work.start()
      update({ shown: running(previous, 'Training', 0), report: idle, members: [...members] })
      const trained = await Promise.all(
        members.map(
          (_, member) =>
            services.classification.run(
              'train-class-member',
              { model: header.model, order: header.manifest.order, gallery: classes, latent, config, member },
              {
                signal,
                onProgress: (report) => {
                  members[member] = report
                  if (signal.aborted || (report.step % stepsPerNews && report.step < report.steps)) return
                  const done = members.reduce((sum, { step }) => sum + step, 0)
                  update({
                    shown: running(previous, 'Training', done / (config.steps * config.members)),
                    members: [...members],
                  })
                },
              },
            ).promise,
        ),
      )
      if (signal.aborted) return
      const networks = { config, universes: classes.universes, latent, members: trained }
      work.end()
      update({ shown: running(previous, 'Calibrating and measuring', 1) })
      const classifier = await evaluate(wanted, classes, networks)
      if (signal.aborted) return
      update({
        shown: ready({ key, origin: 'trained', classifier, gallery: classes, card: null }),
        members: [],
      })
      keep(key)
    } catch (thrown) {
      if (signal.aborted) return
      abort.abort() // the other members train for nothing
      work.saved()
      work.end()
      fail(thrown)
    }
  }

  function ensure(): void {
    const { dataset, intent } = store.getState()
    if (!dataset.value || wantedKey === classifierKey(dataset.value, intent.classifier)) return
    const wanted = want()
    if (!wanted) return
    const known = kept.get(wanted.key)
    const id = shippedId(wanted.open, wanted.settings)
    const location = shipped.find((entry) => entry.id === id)
    if (known) update({ ...known, members: [] })
    else if (location) void load(wanted, location)
    else update({ shown: idle, report: idle, members: [] })
  }

  return {
    /** Shows the classifier of the settings, where one was trained in this visit or is shipped. */
    ensure,
    train,
    /** Ends a training; what was there before comes back. */
    cancel(): void {
      abort.abort()
      work.end()
      work.saved()
      wantedKey = ''
      ensure()
    },
    /** The classifier on the page as card.json, model.json and weights.bin; null where that fails, which is said. */
    async exportFiles(): Promise<ClassifierBundle | null> {
      const { shown, report } = now()
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
     * @throws AppError where the files are damaged, or made for another dataset or encoder
     */
    async adopt(files: DroppedFile[]): Promise<void> {
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
      actions.change({ classifier: settings, view: 'interpret', interpretTab: 'classify' })
      const wanted = want()
      // Measured in the background: the files are read, which is what was asked for.
      if (wanted) void show(wanted, 'file', loaded)
    },
    /** Tries again after a failure. */
    retry(): void {
      wantedKey = ''
      ensure()
    },
  }
}

export type ClassificationActions = ReturnType<typeof createClassificationActions>
