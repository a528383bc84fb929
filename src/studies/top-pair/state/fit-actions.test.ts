import { beforeEach, expect, it } from 'vitest'
import { fitKinds } from '../analysis/fit/fit-setup.ts'
import { AppError } from '../../../errors.ts'
import { fitKindNames } from '../intent.ts'
import { settle } from '../../../testing/fake-jobs.ts'
import { type AskedJob } from '../../../testing/small-top-pair.ts'
import { createMemoryCheckpointStore } from '../../../core/checkpoint-store.ts'
import { prepared, outcome, trained, progress, page, answerAll } from '../../../testing/small-fit-page.ts'

let app = page()
beforeEach(() => {
  app = page()
})

it('knows the kinds that the schema lists', () => {
  expect(fitKindNames).toEqual(fitKinds)
})

it('runs everything: data, fits that need no network, networks two at a time, ratios, unbinned fit', async () => {
  const run = app.actions.runAll()
  await settle()
  expect(app.tiles()).toEqual(['waiting', 'waiting', 'waiting', 'waiting'])
  expect(app.state().status).toBe('running')
  await app.fit.newest('prepare-fit').finish(prepared)
  await settle()
  expect(app.fit.asked.slice(1).map(({ job }) => job)).toHaveLength(2)
  await answerAll(app)
  await run
  expect(app.tiles()).toEqual(['done', 'done', 'done', 'done'])
  expect(fitKinds.map((kind) => app.state().fits[kind].status)).toEqual(['done', 'done', 'done'])
  expect(app.jobs('train-ratio')).toHaveLength(4)
  expect(app.fit.newest('fit').request).toMatchObject({ kind: 'unbinned', ratios: new Float64Array(1) })
  expect(app.state().status).toBe('idle')

  await app.actions.runAll()
  expect(app.fit.asked).toHaveLength(9) // nothing is made twice
})

it('keeps networks when only the observed events change, and tells stale results', async () => {
  const run = app.actions.runAll()
  await settle()
  await answerAll(app)
  await run
  const { intent } = app.store.getState()
  app.context.change({ fit: { ...intent.fit, observedEvents: 500 } })
  expect(app.actions.isStale('exact')).toBe(true)
  expect(app.actions.dataIsStale()).toBe(true)
  const again = app.actions.runAll()
  await settle()
  await answerAll(app)
  await again
  expect(app.jobs('train-ratio')).toHaveLength(4)
  expect(app.jobs('fit')).toHaveLength(6)
  expect(app.actions.isStale('exact')).toBe(false)
})

it('leaves nothing half-written when cancelled, and goes on from checkpoints', async () => {
  const run = app.actions.runAll()
  await settle()
  await app.fit.newest('prepare-fit').finish(prepared)
  await settle()
  for (const job of app.jobs('fit')) (job as AskedJob<'fit'>).report(progress(50, Uint8Array.of(7)))
  await app.fit.newest('fit').finish(outcome('exact'))
  await settle()
  const training = app.fit.newest('train-ratio')
  training.report({ kind: 'sample', fraction: 0.5 })
  expect(app.state().networks[0]).toMatchObject({ status: 'sampling', fraction: 0.5 })
  training.report({ kind: 'start', backend: 'kernels', rows: 10, negativeShare: 0, limit: null })
  const record = { epoch: 2, loss: 0.7, validationLoss: 0.7, learningRate: 1e-3 }
  training.report({ kind: 'epoch', epochs: 5, record, improved: true, checkpoint: Uint8Array.of(1, 2) })
  await settle()
  expect(app.state().networks[0]).toMatchObject({ status: 'training', epoch: 2, epochs: 5 })
  app.actions.cancel()
  await run
  expect(app.state().status).toBe('idle')
  expect(app.state().networks[0]).toMatchObject({
    status: 'waiting',
    history: [],
    network: null,
    resumable: 2,
  })
  expect(app.state().fits.exact).toMatchObject({ status: 'done' })
  expect(app.state().fits.binned).toMatchObject({ status: 'idle', live: null, outcome: null })
  expect(app.notices()).toEqual([])

  const again = app.actions.runAll()
  await settle()
  expect((app.fit.newest('fit') as AskedJob<'fit'>).request.resumeFrom).toEqual(Uint8Array.of(7))
  expect(app.fit.newest('train-ratio').request.resumeFrom).toEqual(Uint8Array.of(1, 2))
  await answerAll(app)
  await again
  expect(app.tiles()).toEqual(['done', 'done', 'done', 'done'])
})

it('offers what an earlier visit left, and begins anew where it does not fit', async () => {
  const checkpoints = createMemoryCheckpointStore()
  const first = page({}, checkpoints)
  void first.actions.train()
  await settle()
  const record = { epoch: 4, loss: 0.7, validationLoss: 0.7, learningRate: 1e-3 }
  const asked = first.jobs('train-ratio')[0] as unknown as AskedJob<'train-ratio'>
  asked.report({ kind: 'epoch', epochs: 5, record, improved: true, checkpoint: Uint8Array.of(9) })
  first.actions.cancel()

  app = page({}, checkpoints)
  await app.actions.look()
  expect(app.state().networks.map(({ resumable }) => resumable)).toEqual([4, null, null, null])
  const run = app.actions.train()
  await settle()
  const resumed = app.jobs('train-ratio')[0] as unknown as AskedJob<'train-ratio'>
  expect(resumed.request.resumeFrom).toEqual(Uint8Array.of(9))
  await resumed.fail(new AppError('model/mismatch', 'The saved training has other widths.'))
  await settle()
  await answerAll(app)
  await run
  expect(app.tiles()).toEqual(['done', 'done', 'done', 'done'])
  expect(app.jobs('train-ratio')).toHaveLength(5)
})

it('pauses what runs and starts what follows paused', async () => {
  const run = app.actions.train()
  await settle()
  app.actions.pause()
  expect(app.state().status).toBe('paused')
  expect(app.jobs('train-ratio').map(({ told }) => told)).toEqual([['pause'], ['pause']])
  const one = app.jobs('train-ratio')[0] as unknown as AskedJob<'train-ratio'>
  await one.finish(trained(one)) // its last step was under way
  await settle()
  expect(app.jobs('train-ratio')[2].startPaused).toBe(true)
  app.actions.resume()
  expect(app.jobs('train-ratio')[2].told).toEqual(['resume'])
  await answerAll(app)
  await run
  expect(app.state().status).toBe('idle')
})

it('a failed network holds up the unbinned fit alone, and training again takes only what is missing', async () => {
  const run = app.actions.runAll()
  await settle()
  await app.fit.newest('prepare-fit').finish(prepared)
  await settle()
  for (const job of [...app.jobs('fit')]) await (job as AskedJob<'fit'>).finish(outcome('binned'))
  await settle()
  const bad = app.jobs('train-ratio')[0]
  await bad.fail(new AppError('ml/diverged', 'The loss is NaN.'))
  await settle()
  await answerAll(app)
  await run
  expect(app.tiles()).toEqual(['failed', 'done', 'done', 'done'])
  expect(app.state().fits.unbinned.error?.message).toMatch(/^1 of 4 networks failed/)
  const again = app.actions.fit('unbinned')
  await settle()
  await answerAll(app)
  await again
  expect(app.jobs('train-ratio')).toHaveLength(5)
  expect(app.state().fits.unbinned.status).toBe('done')
})

it('shows a failure of the data and asks for nothing after it', async () => {
  const run = app.actions.runAll()
  await settle()
  await app.fit.newest('prepare-fit').fail(new AppError('input/invalid', '10 bins are too many.'))
  await run
  expect(app.state().data).toMatchObject({ status: 'failed', error: { message: '10 bins are too many.' } })
  expect(app.fit.asked).toHaveLength(1)
  expect(app.state().status).toBe('idle')
})

it('has no exact fit for dropped events without truth', async () => {
  const run = app.actions.fit('exact')
  await settle()
  await app.fit.newest('prepare-fit').finish({ ...prepared, exactRatios: null })
  await run
  expect(app.state().fits.exact).toMatchObject({ status: 'failed', error: { code: 'data/mismatch' } })
  expect(app.fit.count('fit')).toBe(0)
})

it('a dropped file that cannot be read replaces nothing; one that wants fewer bins stays', async () => {
  const drop = (name: string) => app.actions.drop(new File([name], name))
  const answer = async (act: (job: AskedJob<'prepare-fit'>) => Promise<void>) => {
    await expect.poll(() => app.state().data.status).toBe('running')
    await act(app.fit.newest('prepare-fit'))
  }
  const good = drop('good.csv')
  await answer((job) => job.finish(prepared))
  await good
  expect(app.state()).toMatchObject({ dropped: { name: 'good.csv' }, data: { status: 'ready' } })
  const { value } = app.state().data

  const bad = drop('bad.csv')
  await answer((job) => job.fail(new AppError('data/corrupt', 'bad.csv: Event 1: met is NaN.')))
  await bad
  expect(app.state().dropped?.name).toBe('good.csv')
  expect(app.state().data).toMatchObject({ status: 'failed', error: { code: 'data/corrupt' } })
  expect(app.state().data.value).toBe(value)
  await app.actions.prepare() // the good file again: its data are still there
  expect(app.state().data.status).toBe('ready')
  expect(app.fit.count('prepare-fit')).toBe(2)

  const few = drop('few.csv')
  await answer((job) => job.fail(new AppError('input/invalid', '10 bins are too many for 5 events.')))
  await few
  expect(app.state().dropped?.name).toBe('few.csv')
})

it('takes no file while a run is under way', async () => {
  void app.actions.runAll()
  await settle()
  await app.actions.drop(new File(['x'], 'late.csv'))
  expect(app.state().dropped).toBeNull()
  expect(app.notices().at(-1)?.text).toMatch(/^A run is under way\. Cancel it, then drop late/)
  app.actions.cancel()
})

it('throws toys of the SM and of the truth, each kept by itself', async () => {
  const run = app.actions.runAll()
  await settle()
  await answerAll(app)
  await run
  for (const [hypothesis, value] of [['SM', 1] as const, ['truth', 2] as const]) {
    const toys = app.actions.toys('exact', hypothesis, 10)
    await settle()
    await app.fit.newest('toy-delta-chi2').finish({ values: Float64Array.of(value) })
    await toys
  }
  const asked = app.jobs('toy-delta-chi2') as unknown as AskedJob<'toy-delta-chi2'>[]
  expect(asked.map(({ request }) => request.at)).toEqual([undefined, [0.3, 0.2]])
  expect(app.state().toys['exact/SM'].value?.values[0]).toBe(1)
  expect(app.state().toys['exact/truth'].value?.values[0]).toBe(2)
})
