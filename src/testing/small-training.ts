import { expect, vi } from 'vitest'
import type { EncoderEvent, EncoderOutcome } from '../ml/encoder-job.ts'
import { answerOpening, smallApp } from './small-app.ts'
import { smallCorpus } from './small-universes.ts'
import { createMemoryCheckpointStore, type CheckpointStore } from '../core/checkpoint-store.ts'
import type { Services } from '../studies/drell-yan/state/services.ts'
import { createTrainingActions } from '../studies/drell-yan/state/training-actions.ts'

export const corpus = await smallCorpus()
export const other = await smallCorpus({ setup: { seed: 9 } })

/** The trainings of a small page whose dataset is open, and the jobs that are asked for. */
export async function app(
  checkpoints: CheckpointStore = createMemoryCheckpointStore(),
  instead: Partial<Services> = {},
) {
  const made = smallApp({}, checkpoints, instead)
  await answerOpening(made.compute.newest('open-dataset'), corpus)
  const training = createTrainingActions(made.store, made.services, made.actions)
  return {
    ...made,
    training,
    run: () => made.store.getState().training,
    job: () => made.ml.newest('train-encoder'),
  }
}

export const step = (at: number): EncoderEvent => ({
  ...{ kind: 'step', step: at, steps: 1000, loss: 5 - at / 1000, learningRate: 1e-3, msPerStep: 2 },
})
export const evaluation = (at: number, collapsed = false): EncoderEvent => ({
  ...{ kind: 'evaluation', step: at, loss: 4, heldOutLoss: 4.1, effectiveRank: 2, collapsed },
  latent: new Float32Array(8).fill(at),
  checkpoint: Uint8Array.of(at),
})
export const outcome: EncoderOutcome = {
  ...{ mlp: corpus.encoder.mlp, parameters: new Float32Array(1), step: 50, heldOutLoss: 4 },
  ...{ stoppedEarly: false, backend: 'wasm', checkpoint: Uint8Array.of(99) },
}

/** A checkpoint of this step as the worker replays it. */
export const replayed = (at: number, ended: EncoderOutcome | null = null) => ({
  ...{ step: at, latent: new Float32Array(8).fill(at), mlp: corpus.encoder.mlp, outcome: ended },
  history: [
    { step: at - 1, loss: 5, heldOutLoss: 5.1, learningRate: 1e-3 },
    { step: at, loss: 4, heldOutLoss: 4.1, learningRate: 1e-3 },
  ],
})

/** Looks for what is saved and answers the replay of what is found. */
export async function look(
  { training, ml }: Awaited<ReturnType<typeof app>>,
  ended: EncoderOutcome | null = null,
): Promise<void> {
  const before = ml.count('replay-checkpoint')
  let over = false
  const looking = training.lookForCheckpoint().finally(() => (over = true))
  await vi.waitFor(() => expect(over || ml.count('replay-checkpoint') > before).toBe(true))
  if (!over) {
    const { request, finish } = ml.newest('replay-checkpoint')
    await finish(replayed(request.checkpoint[0], ended))
  }
  await looking
}

export const files = { card: '{}', model: '{}', weights: new Uint8Array(0) }
export const bundle = (id: string) => ({ encoder: { ...corpus.encoder, id, hash: `hash of ${id}` }, files })
