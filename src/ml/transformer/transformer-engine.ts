import { createRng } from '../../numerics/rng.ts'
import { adamUpdate, createAdamState, type AdamState } from '../adam.ts'
import type { TransformerBackend } from './transformer-backend.ts'
import type { TransformerConfig } from './transformer-config.ts'
import type { TokenBatch } from './token-source.ts'
import {
  addLosses,
  checkTokenBatch,
  noLosses,
  partOf,
  sharesOf,
  totalLoss,
  type TransformerLosses,
} from './transformer-loss.ts'
import { decayedParameters, initialiseTransformer, TransformerLayout } from './transformer-parameters.ts'

/** What an engine needs to go on exactly where another stopped. */
export interface TransformerState {
  steps: number
  parameters: Float32Array
  optimiser: AdamState
}

/**
 * Parts of every batch, whose gradients are added in this order: the same sum to the bit, whoever computed which part
 * and when. As many workers at most can share a step.
 */
export const partsOfBatch = 4

/**
 * Holds a transformer and improves it batch by batch (AdamW). Parameters and moments are plain arrays here, the same to
 * the bit whatever computed the gradient; initial parameters depend on config.seed alone.
 */
export class TransformerEngine {
  readonly layout: TransformerLayout
  private steps = 0
  private parameters: Float32Array
  private optimiser: AdamState
  private readonly decays: Uint8Array

  constructor(
    private readonly config: TransformerConfig,
    private readonly backend: TransformerBackend,
  ) {
    this.layout = new TransformerLayout(config.spec)
    this.parameters = initialiseTransformer(this.layout, createRng(config.seed).split('initialise'))
    this.optimiser = createAdamState(this.layout.total)
    this.decays = decayedParameters(this.layout)
  }

  get name(): string {
    return this.backend.name
  }

  /** Starts from trained weights; moments are those of the beginning. */
  start(parameters: Float32Array): void {
    this.layout.check(parameters)
    this.parameters = parameters.slice()
    this.optimiser = createAdamState(this.layout.total)
  }

  /** @returns losses of this batch before the update, as sums; where they are not finite nothing was updated */
  async step(batch: TokenBatch, learningRate: number): Promise<TransformerLosses> {
    const { spec, task, weightDecay } = this.config
    checkTokenBatch(batch, spec.tokens, spec.classes)
    const parts = equalParts(batch)
    const results = await this.backend.gradients(this.parameters, task, parts, sharesOf(batch))
    const losses = noLosses()
    const gradient = new Float32Array(this.layout.total)
    for (const result of results) {
      addLosses(losses, result.losses)
      for (let i = 0; i < gradient.length; i++) gradient[i] += result.gradient[i]
    }
    if (!Number.isFinite(totalLoss(task, losses)) || !gradient.every(Number.isFinite))
      return { ...losses, reconstruction: Number.NaN, classification: Number.NaN }
    const settings = { optimiser: 'adamw', weightDecay } as const
    adamUpdate(this.optimiser, this.parameters, gradient, learningRate, settings, this.decays)
    this.steps++
    return losses
  }

  /** Both losses of events, as sums, without learning from them. */
  async losses(batch: TokenBatch): Promise<TransformerLosses> {
    checkTokenBatch(batch, this.config.spec.tokens, this.config.spec.classes)
    const sum = noLosses()
    for (const losses of await this.backend.losses(this.parameters, equalParts(batch))) addLosses(sum, losses)
    return sum
  }

  /** A copy. */
  state(): TransformerState {
    const { updates, first, second } = this.optimiser
    return {
      steps: this.steps,
      parameters: this.parameters.slice(),
      optimiser: { updates, first: first.slice(), second: second.slice() },
    }
  }

  /** @throws AppError 'model/mismatch' for a state of another architecture */
  restore({ steps, parameters, optimiser }: TransformerState): void {
    this.layout.check(parameters)
    this.steps = steps
    this.parameters = parameters.slice()
    const { updates, first, second } = optimiser
    this.optimiser = { updates, first: first.slice(), second: second.slice() }
  }
}

function equalParts(batch: TokenBatch): TokenBatch[] {
  const size = Math.ceil(batch.rows / partsOfBatch)
  return Array.from({ length: partsOfBatch }, (_, i) =>
    partOf(batch, Math.min(size * i, batch.rows), Math.min(size * (i + 1), batch.rows)),
  ).filter(({ rows }) => rows > 0)
}
