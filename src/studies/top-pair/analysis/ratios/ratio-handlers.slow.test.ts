import type { FitJobs } from '../fit/fit-jobs.ts'
import { expect, it } from 'vitest'
import { createInProcessJobs } from '../../../../testing/in-process.ts'
import type { TrainedNetwork, TrainNetworkEvent } from '../fit/fit-jobs.ts'
import type { FitSetup } from '../fit/fit-setup.ts'
import { networkTasks } from './network-tasks.ts'
import { createFitHandlers } from '../fit/create-fit-handlers.ts'
import { namedSetups } from '../../named-setups.ts'
import { sampleKey, trainingSample } from './training-sample.ts'

const setup: FitSetup = {
  ...namedSetups['sm-inclusive'].setup,
  mttMinGeV: 1000,
  selection: 'none',
  smearing: false,
  preset: 'joint-parton',
  trainingPoints: 5000,
  epochs: 3,
  replicas: 2,
  calibratedRatios: false,
  truth: {},
  observedEvents: 100,
  binning: { observable: 'pt_l2', bins: 5 },
  binned: 'poisson',
  luminosity: { relativeError: 0, treatment: 'profiled' },
  priorHalfWidth: 2,
  livePoints: 100,
  seed: 3,
}

type Handlers = ReturnType<typeof createFitHandlers>
const client = () => createInProcessJobs<Pick<FitJobs, keyof Handlers>>(createFitHandlers({}))

function all<T>(run: Generator<number, T>): T {
  let step = run.next()
  while (!step.done) step = run.next()
  return step.value
}

it('trains the networks of a set-up, predicts with them and says how good they are', async () => {
  const jobs = client()
  try {
    const events: TrainNetworkEvent[] = []
    const networks: TrainedNetwork[] = []
    for (const task of networkTasks(setup))
      networks.push(
        await jobs.run(
          'train-ratio',
          { setup, task, backend: 'kernels' },
          { onProgress: (event) => events.push(event) },
        ).promise,
      )
    expect(networks).toHaveLength(2)
    expect(networks[0].history).toHaveLength(3)
    expect(networks[0].parameters).not.toEqual(networks[1].parameters)
    const epochs = events.filter((event) => event.kind === 'epoch')
    expect(epochs).toHaveLength(6)

    // The same job from a checkpoint gives the same network.
    const { checkpoint } = epochs[1] as Extract<TrainNetworkEvent, { kind: 'epoch' }>
    const request = { setup, task: networks[0].task, backend: 'kernels' as const }
    const again = await jobs.run('train-ratio', { ...request, resumeFrom: checkpoint! }).promise
    expect(again.parameters).toEqual(networks[0].parameters)

    // Columns are found by name, whatever stands between.
    const features = { names: ['met', 'y_tt', 'm_tt'], values: Float32Array.of(1, 0, 1500, 2, 0.5, 2500) }
    const { ratios, spread } = await jobs.run('predict-ratios', { setup, networks, features }).promise
    expect(ratios).toHaveLength(2 * 6)
    expect([ratios[0], spread[0]]).toEqual([1, 0])
    expect([ratios[4], spread[4]]).toEqual([0, 0]) // td8*tq8
    expect(ratios[5]).toBeGreaterThan(0)
    expect(ratios[11]).toBeGreaterThan(ratios[5])
    expect(spread[11]).toBeGreaterThan(0)

    const diagnosis = await jobs.run('ratio-diagnostics', { setup, networks, term: 'tq8^2' }).promise
    expect(diagnosis.replicas).toBe(2)
    expect(diagnosis.parton!.comparison.sumRule).toBeGreaterThan(0.3)
    expect(diagnosis.events.closure.map(({ feature }) => feature)).toEqual(['m_tt', 'y_tt'])
    expect(diagnosis.scatter.exact.length).toBeGreaterThan(1500)
    expect(diagnosis.scatter.spread).toHaveLength(diagnosis.scatter.exact.length)
  } finally {
    jobs.close()
  }
})

it('a positive ratio is learned, predicted and diagnosed whole, its vanishing term too', async () => {
  const jobs = client()
  try {
    const positive: FitSetup = { ...setup, preset: 'positive-parton', replicas: 1, epochs: 2 }
    const [task] = networkTasks(positive)
    const network = await jobs.run('train-ratio', { setup: positive, task, backend: 'kernels' }).promise
    const networks = [network]
    const features = { names: ['m_tt', 'y_tt'], values: Float32Array.of(1100, 0, 6000, 0.1) }
    const { ratios } = await jobs.run('predict-ratios', { setup: positive, networks, features }).promise
    expect(ratios[4]).not.toBe(0)
    for (const row of [0, 6])
      for (const [a, b] of [
        [-3, 0.2],
        [0.1, -7],
        [40, 40],
      ]) {
        const [r0, ra, rb, raa, rab, rbb] = ratios.subarray(row, row + 6)
        const r = r0 + a * ra + b * rb + a * a * raa + a * b * rab + b * b * rbb
        expect(r).toBeGreaterThanOrEqual(0)
      }
    const diagnosis = await jobs.run('ratio-diagnostics', { setup: positive, networks, term: 'td8*tq8' })
      .promise
    expect(diagnosis.parton).toBeNull()
    expect(diagnosis.events.loss).toBeNull()
  } finally {
    jobs.close()
  }
})

it('a cancelled training leaves nothing behind, and missing networks are named', async () => {
  const jobs = client()
  try {
    const abort = new AbortController()
    const [task] = networkTasks(setup)
    const training = jobs.run(
      'train-ratio',
      { setup: { ...setup, epochs: 1000 }, task, backend: 'kernels' },
      { signal: abort.signal, onProgress: (event) => event.kind === 'epoch' && abort.abort() },
    )
    await expect(training.promise).rejects.toMatchObject({ code: 'job/cancelled' })
    const features = { names: ['m_tt', 'y_tt'], values: Float32Array.of(1500, 0) }
    await expect(jobs.run('predict-ratios', { setup, networks: [], features }).promise).rejects.toThrow(
      /No network knows td8;/,
    )
  } finally {
    jobs.close()
  }
})

it('events of replicas, of other seeds and for tests differ, and so do their keys', () => {
  const small = { ...setup, trainingPoints: 500 }
  const [a, b] = [trainingSample(small, 0), trainingSample(small, 1)].map(all)
  expect(b.columns.m_tt).not.toEqual(a.columns.m_tt)
  const keys = [
    sampleKey(small, 0),
    sampleKey(small, 1),
    sampleKey({ ...small, seed: 4 }, 0),
    sampleKey(small, 'test'),
  ]
  expect(new Set(keys).size).toBe(4)
})

it('cuts and smearing act on the sample', () => {
  const small = { ...setup, preset: 'joint', trainingPoints: 2000, selection: 'dilepton' } as const
  const [cut, smeared] = [trainingSample(small, 0), trainingSample({ ...small, smearing: true }, 0)].map(all)
  expect(cut.points).toBe(2000)
  expect(cut.rows).toBeGreaterThan(600)
  expect(cut.rows).toBeLessThan(1300)
  expect(smeared.columns.met!.slice(0, 10)).not.toEqual(cut.columns.met!.slice(0, 10))
})
