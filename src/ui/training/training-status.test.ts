import { expect, it } from 'vitest'
import { emptyTraining, type TrainingRun } from '../../core/training/training-run.ts'
import { trainingStatus } from './training-status.ts'

const checkpoint = new Uint8Array(0)
const said = (patch: Partial<TrainingRun>, ready = true, wallMsPerStep: number | null = null) =>
  trainingStatus({
    ...{ run: { ...emptyTraining, ...patch }, ready, wallMsPerStep },
    ...{ asked: 2000, untrained: 'Not trained yet.' },
  })
const outcome = { step: 900, heldOutLoss: 1.25, stoppedEarly: false, checkpoint }

it('says where a training stands', () => {
  expect(said({})).toBe('Not trained yet.')
  expect(said({}, false)).toBe('Waiting for the dataset')
  expect(said({ status: 'running' })).toBe('Starting')
  expect(said({ status: 'running', backend: 'cpu', step: 100, steps: 2100 }, true, 20)).toBe(
    '20 ms/step, about 40 s left',
  )
  expect(said({ status: 'running', backend: 'kernels' })).toBe('Making the first step')
  expect(said({ status: 'running', backend: 'tfjs-webgl' })).toMatch(/^Making the first step.*compiles/)
  expect(said({ status: 'paused', backend: 'webgpu' })).toMatch(/^At step 0; the first step.*compiles/)
  expect(said({ status: 'paused' })).toBe('At step 0, choosing an engine')
  expect(said({ status: 'paused', step: 7 })).toMatch(/^Paused at step 7; the first picture/)
  expect(said({ resumable: { key: '', step: 1200, checkpoint } })).toMatch(
    /^Paused at step 1.?200 of 2.?000\. Play goes on from there\.$/,
  )
})

it('says how it ended, and no longer so where it can go on', () => {
  const ended = { status: 'finished', step: 1000, outcome } as const
  expect(said(ended)).toMatch(/^Finished 1.?000 steps\. Kept: step 900, held-out loss 1\.25/)
  expect(said({ ...ended, outcome: { ...outcome, stoppedEarly: true } })).toMatch(/^No better held-out loss/)
  expect(said({ ...ended, resumable: { key: '', step: 1000, checkpoint } })).toMatch(/Play goes on/)
})
