import { describe, expect, it } from 'vitest'
import { defaultClassifier } from '../analysis/classification/class-setup.ts'
import type { Classifier } from '../analysis/classification/classifier.ts'
import type { ClassifierCard } from '../../../ml/classifier/classifier-files.ts'
import { calibrate } from '../analysis/classification/calibrate.ts'
import type { ClassReport } from '../analysis/classification/evaluate.ts'
import { AppError } from '../../../errors.ts'
import { opened, smallApp } from '../../../testing/small-app.ts'
import { smallCorpus } from '../../../testing/small-universes.ts'
import { settle } from '../../../testing/fake-jobs.ts'
import { createClassificationActions } from './classification-actions.ts'
import { classifierKey, shippedId } from './wanted-classifier.ts'
import { ready } from '../../../core/loadable.ts'
import { lendingProducts } from '../../../core/lending-products.ts'
import { createMemoryProducts } from '../../../core/product-store.ts'
import type { DrellYanProducts } from './products.ts'
import type { Services } from './services.ts'

const open = opened(await smallCorpus())
const report: ClassReport = { classes: 6, rows: 1, coverage: 0.95, falseAlarms: 0.01, scores: [], none: [] }
const calibration = calibrate(
  { classes: 2, probabilities: Float64Array.of(0.6, 0.4, 0.3, 0.7), labels: Int32Array.of(0, 1) },
  Float64Array.of(0.1, 0.2),
  0.95,
  () => 0.5,
)

function started(
  settings: Partial<{ method: 'dpn' | 'ensemble'; classes: number; seed: number }> = {},
  instead: Partial<Services> = {},
) {
  const app = smallApp({}, undefined, instead)
  const { store } = app
  store.setState({ dataset: ready(open) })
  app.context.change({ classifier: { ...store.getState().intent.classifier, classes: 6, ...settings } })
  const location = {
    id: `${open.header.manifest.id}-dpn`,
    cardUrl: 'https://x/card',
    weightsUrl: 'https://x/w',
  }
  const classification = createClassificationActions(store, app.services, [location], app.actions)
  const state = () => store.getState().classification
  const change = (patch: object) =>
    app.context.change({ classifier: { ...store.getState().intent.classifier, ...patch } })
  return { ...app, jobs: app.classification, classification, state, change }
}

type Jobs = ReturnType<typeof started>['jobs']

async function answerTraining(jobs: Jobs): Promise<void> {
  const training = jobs.asked.filter(({ job, cancelled }) => job === 'train-class-member' && !cancelled)
  for (const job of training) await job.finish(new Float32Array(3))
  const evaluation = jobs.newest('evaluate-classifier')
  await evaluation.finish({ classifier: { ...evaluation.request.networks, calibration }, report })
}

describe('the classifier of the settings', () => {
  it('is none until one is trained, where none is shipped: said once none of an earlier visit was found', async () => {
    const { classification, state, jobs, store, change } = started()
    classification.ensure()
    expect(jobs.asked).toHaveLength(0)
    expect(state()).toMatchObject({ shown: { status: 'idle' }, untrained: null })
    await settle()
    expect(state().untrained).toBe(classifierKey(open, store.getState().intent.classifier))
    // The shipped one is read at once: nobody says that there is none.
    change({ classes: 100 })
    classification.ensure()
    expect(state()).toMatchObject({ shown: { status: 'running' }, untrained: null })
  })

  it('shows the scores that the page ships while its networks are read', async () => {
    const recorded = { date: '2026-01-31', made: 'theoryscape' }
    const found = { ...report, recorded }
    const { classification, state, jobs } = started(
      { classes: 100 },
      {
        recorded: {
          ...{ find: async () => null, comparison: async () => null },
          classes: async (key) => ({ ...found, key }),
        },
      },
    )
    classification.ensure()
    await settle()
    expect(state()).toMatchObject({ shown: { status: 'running' }, report: { value: { recorded } } })
    const classifier = {
      config: {} as never,
      universes: Int32Array.of(0, 2),
      ...{ latent: null, members: [], calibration },
    }
    await jobs.newest('load-classifier').finish({ id: 'shipped', classifier, card: null })
    expect(jobs.count('evaluate-classifier')).toBe(0)
    expect(state()).toMatchObject({ shown: { status: 'ready' }, report: { value: { recorded } } })
  })

  it('is the shipped one for the usual settings, loaded once and measured', async () => {
    const { classification, state, jobs } = started({ classes: 100 })
    expect(shippedId(open, { method: 'dpn', classes: 100, input: 'spectrum', steps: 2000, seed: 1 })).toMatch(
      /-dpn$/,
    )
    classification.ensure()
    classification.ensure()
    expect(jobs.count('load-classifier')).toBe(1)
    const classifier = {
      config: jobs.newest('load-classifier').request.location.id as never,
      universes: Int32Array.of(0, 2),
      latent: null,
      members: [],
      calibration,
    }
    await jobs.newest('load-classifier').finish({ id: 'shipped', classifier, card: null })
    expect(state().shown).toMatchObject({ status: 'ready', value: { origin: 'shipped' } })
    const evaluation = jobs.newest('evaluate-classifier')
    evaluation.report(0.4)
    expect(state().report).toMatchObject({ status: 'running', fraction: 0.4 })
    await evaluation.finish({ classifier, report })
    expect(state().report.value?.rows).toBe(1)
  })

  it('says why a shipped one cannot be read, and tries again when asked', async () => {
    const { classification, state, jobs } = started({ classes: 100 })
    classification.ensure()
    await jobs.newest('load-classifier').fail(new AppError('model/corrupt', 'torn'))
    expect(state().shown).toMatchObject({ status: 'failed', error: { code: 'model/corrupt' } })
    classification.retry()
    expect(jobs.count('load-classifier')).toBe(2)
  })
})

describe('training', () => {
  it('runs the members of an ensemble side by side, with their progress', async () => {
    const { classification, state, jobs } = started({ method: 'ensemble' })
    const done = classification.train()
    expect(jobs.count('train-class-member')).toBe(5)
    expect(jobs.asked.map(({ request }) => (request as { member: number }).member)).toEqual([0, 1, 2, 3, 4])
    const progress = jobs.asked[1].report as (value: object) => void
    progress({ step: 1000, steps: 2000, loss: 0.5 })
    expect(state().members[1]).toMatchObject({ step: 1000 })
    expect(state().shown.fraction).toBe(0.1)
    await answerTraining(jobs)
    await done
    expect(state()).toMatchObject({ shown: { status: 'ready', value: { origin: 'trained' } }, members: [] })
    expect(state().shown.value?.classifier.members).toHaveLength(5)
  })

  it('is remembered: other settings and back need no second one', async () => {
    const { classification, state, jobs, change } = started()
    const done = classification.train()
    await answerTraining(jobs)
    await done
    const { key } = state().shown.value!
    change({ seed: 7 })
    classification.ensure()
    expect(state().shown.value).toBeUndefined()
    change({ seed: 1 })
    classification.ensure()
    expect(state().shown.value?.key).toBe(key)
    expect(jobs.count('train-class-member')).toBe(1)
  })

  it('comes back in a later visit, with its scores and without work; another seed does not', async () => {
    const first = started()
    const done = first.classification.train()
    await answerTraining(first.jobs)
    await done
    const { key } = first.state().shown.value!
    const { products } = first.services
    const later = started({}, { products })
    later.classification.ensure()
    await settle()
    expect(later.state()).toMatchObject({
      shown: { status: 'ready', value: { key, origin: 'trained' } },
      report: { status: 'ready', value: { key, rows: 1 } },
    })
    expect(later.jobs.asked).toHaveLength(0)
    const other = started({ seed: 2 }, { products })
    other.classification.ensure()
    await settle()
    expect(other.state().shown.status).toBe('idle')
  })

  it('that cannot be stored is told', async () => {
    const memory = lendingProducts(createMemoryProducts<DrellYanProducts>())
    const products = { ...memory, put: () => Promise.reject(new Error('quota')) }
    const { classification, jobs, notices } = started({}, { products })
    const done = classification.train()
    await answerTraining(jobs)
    await done
    await settle()
    expect(notices().at(-1)?.text).toMatch(/classifier was not saved \(quota\).*Export/)
  })

  it('cancelled leaves nothing half done', async () => {
    const { classification, state, jobs } = started({ method: 'ensemble' })
    const done = classification.train()
    classification.cancel()
    await done
    expect(jobs.asked.every(({ cancelled }) => cancelled)).toBe(true)
    expect(state()).toMatchObject({ shown: { status: 'idle' }, members: [] })
  })

  it('begun again and cancelled, the one before is back with its scores', async () => {
    const { classification, state, jobs } = started()
    const first = classification.train()
    await answerTraining(jobs)
    await first
    const { shown, report } = state()
    const second = classification.train()
    expect(state()).toMatchObject({
      shown: { status: 'running', value: shown.value },
      report: { status: 'idle' },
    })
    classification.cancel()
    await second
    expect(state()).toEqual({ shown, report, untrained: null, members: [] })
  })

  it('ends when other settings are chosen, and none of it is heard any more', async () => {
    const { classification, state, jobs, change, services } = started({ method: 'ensemble' })
    const done = classification.train()
    const late = jobs.asked[0].report as (value: object) => void
    change({ seed: 2 })
    classification.ensure()
    await done
    expect(jobs.asked.every(({ cancelled }) => cancelled)).toBe(true)
    late({ step: 2000, steps: 2000, loss: 0.5 })
    expect(state()).toMatchObject({ shown: { status: 'idle' }, report: { status: 'idle' }, members: [] })
    expect(services.work.classifier.unsavedMs).toBe(0)
  })

  it('whose measurement fails has failed, and leaves no scores', async () => {
    const { classification, state, jobs } = started()
    const done = classification.train()
    await jobs.newest('train-class-member').finish(new Float32Array(3))
    await jobs.newest('evaluate-classifier').fail(new AppError('job/crashed', 'no memory'))
    await done
    expect(state()).toMatchObject({
      shown: { status: 'failed', error: { message: 'no memory' } },
      report: { status: 'idle' },
      members: [],
    })
  })

  it('of one member that fails ends the others', async () => {
    const { classification, state, jobs } = started({ method: 'ensemble' })
    const done = classification.train()
    await jobs.asked[2].fail(new AppError('ml/diverged', 'no number'))
    await done
    await settle()
    expect(jobs.asked[0].cancelled).toBe(true)
    expect(state()).toMatchObject({
      shown: { status: 'failed', error: { code: 'ml/diverged' } },
      members: [],
    })
  })
})

describe('files of classifiers', () => {
  const text = (content: string) => new TextEncoder().encode(content)
  const files = [{ name: 'card.json', bytes: text('{}') }]
  const config = { ...defaultClassifier('softmax', 3, 9), steps: 70 }
  const classifier = {
    ...{ config, universes: Int32Array.of(0, 1, 2), latent: null, members: [], calibration },
  } as Classifier
  const card = { id: 'theirs', title: 'Theirs', description: '', latent: null } as unknown as ClassifierCard

  it('dropped, are shown with their own settings, measured, and at hand later', async () => {
    const { classification, state, jobs, store, change } = started()
    const adopting = classification.adopt(files)
    expect(jobs.newest('import-classifier').request.files).toBe(files)
    await jobs.newest('import-classifier').finish({ id: 'theirs', classifier, card })
    await adopting
    const { intent } = store.getState()
    expect(intent).toMatchObject({ view: 'interpret', interpretTab: 'classify' })
    expect(intent.classifier).toEqual({
      method: 'softmax',
      classes: 3,
      input: 'spectrum',
      steps: 70,
      seed: 9,
    })
    await settle()
    expect(state().shown).toMatchObject({
      status: 'ready',
      value: { origin: 'file', card: { id: 'theirs' } },
    })
    await jobs.newest('evaluate-classifier').finish({ classifier, report })
    expect(state().report.status).toBe('ready')
    change({ seed: 1 })
    classification.ensure()
    expect(state().shown.value).toBeUndefined()
    change({ seed: 9 })
    classification.ensure()
    expect(state().shown.value?.card?.id).toBe('theirs')
  })

  it('of latent points of another encoder than the map has are refused, with both named', async () => {
    const { classification, state, jobs, store } = started()
    const before = store.getState().intent
    const adopting = classification.adopt(files)
    const latent = { id: 'other-map', hash: 'feedfacefeed', units: [2] }
    const refused = expect(adopting).rejects.toMatchObject({
      code: 'model/mismatch',
      message: expect.stringMatching(/encoder other-map feedface, the map shows pca-2/) as string,
    })
    await jobs.newest('import-classifier').finish({ id: 'theirs', classifier, card: { ...card, latent } })
    await refused
    expect(store.getState().intent).toBe(before)
    expect(state().shown.value).toBeUndefined()
  })

  it('read while another dataset was opened are refused', async () => {
    const { classification, state, jobs, store } = started()
    const adopting = classification.adopt(files)
    store.setState({ dataset: ready({ ...open, header: { ...open.header, manifestHash: 'another' } }) })
    const refused = expect(adopting).rejects.toMatchObject({ code: 'model/mismatch' })
    await jobs.newest('import-classifier').finish({ id: 'theirs', classifier, card })
    await refused
    expect(state().shown.value).toBeUndefined()
  })

  it('are not written for settings that are no longer those of what is shown', async () => {
    const { classification, jobs, change } = started()
    const training = classification.train()
    await settle()
    await answerTraining(jobs)
    await training
    change({ seed: 77 })
    expect(await classification.exportFiles()).toBeNull()
    expect(jobs.count('export-classifier')).toBe(0)
  })

  it('are written for what is shown, with its scores; then nothing is unsaved', async () => {
    const { classification, jobs, services } = started()
    expect(await classification.exportFiles()).toBeNull()
    const training = classification.train()
    await settle()
    await answerTraining(jobs)
    await training
    const exporting = classification.exportFiles()
    const asked = jobs.newest('export-classifier')
    expect(asked.request).toMatchObject({ report: { rows: 1 }, encoder: null, date: '2026-01-02' })
    expect(asked.request.id).toBeUndefined()
    const bundle = { card, files: { card: '', model: '', weights: new Uint8Array(0) } }
    await asked.finish(bundle)
    expect(await exporting).toBe(bundle)
    expect(services.work.classifier.unsavedMs).toBe(0)
  })

  it('that cannot be written: said', async () => {
    const { classification, jobs, notices } = started()
    const training = classification.train()
    await settle()
    await answerTraining(jobs)
    await training
    const exporting = classification.exportFiles()
    await jobs.newest('export-classifier').fail(new AppError('job/crashed', 'no memory'))
    expect(await exporting).toBeNull()
    expect(notices().at(-1)?.text).toBe('no memory')
  })
})
