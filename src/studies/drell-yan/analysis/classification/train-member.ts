import { loadKernels } from '../../../../kernels/load-kernels.ts'
import type { ClassifierConfig } from '../../../../ml/classifier/classifier-config.ts'
import { createClassifierEngine } from '../../../../ml/classifier/classifier-engine.ts'
import {
  checkClassifierResumable,
  classifierCheckpointFromBytes,
  classifierCheckpointToBytes,
} from '../../../../ml/classifier/classifier-checkpoint.ts'
import { countRatioParameters } from '../../../../ml/ratio/ratio-parameters.ts'
import { trainClassifier, type ClassifierReport } from '../../../../ml/classifier/train-classifier.ts'
import { createRng } from '../../../../numerics/rng.ts'
import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import type { UniverseModel } from '../universes.ts'
import { classBatches } from './class-batches.ts'
import { architectureOf, classifierInputs, type LatentInput } from './classifier.ts'
import type { Gallery } from './gallery.ts'
import { createOutsideSource, outsideKinds } from './outside-universes.ts'

/** Out-of-distribution spectra that a Dirichlet prior network is trained on, each used many times with new noise. */
const outsidePool = 3000

export interface TrainMemberRequest {
  model: UniverseModel
  order: EftOrder
  gallery: Gallery
  latent: LatentInput | null
  config: ClassifierConfig
  /** Which of config.members; each has its own start and its own batches. */
  member: number
}

/** Sees the training after each step, and may ask for its state there. */
export type AfterMemberStep = (
  report: ClassifierReport,
  takeCheckpoint: () => Promise<Uint8Array>,
) => Promise<void>

/**
 * Trains one network; yields after every step.
 *
 * @throws AppError 'model/corrupt' or 'model/mismatch' for a checkpoint that is damaged or of another training
 */
export async function* trainMember(
  request: TrainMemberRequest,
  { resumeFrom, afterStep }: { resumeFrom?: Uint8Array; afterStep?: AfterMemberStep } = {},
): AsyncGenerator<ClassifierReport, Float32Array, void> {
  const { model, order, gallery, latent, member } = request
  const { seed: base } = request.config
  const seed = (base + 7919 * member) % 2 ** 31
  const config = { ...request.config, seed }
  const bins = model.templates.bins
  const kernels = await loadKernels()
  const outside = config.method === 'dpn' ? drawOutside(model, order, base) : new Float32Array(0)
  const batches = classBatches(gallery, outside, config)
  const architecture = architectureOf(config, bins, latent, gallery.universes.length)
  const engine = createClassifierEngine(kernels, architecture, seed)
  const saved = resumeFrom && (await classifierCheckpointFromBytes(resumeFrom))
  if (saved) checkClassifierResumable(saved, config, countRatioParameters(architecture))
  const source = {
    next(step: number) {
      const { x, labels } = batches.next(step)
      return { x: classifierInputs(latent, x, labels.length), labels }
    },
  }
  const training = trainClassifier(config, engine, source, saved)
  for (;;) {
    const next = training.next()
    if (next.done) return next.value
    const { takeState, ...report } = next.value
    if (afterStep)
      await afterStep(report, () =>
        classifierCheckpointToBytes({ config, step: report.step, state: takeState() }),
      )
    yield report
  }
}

/** [outsidePool, bins] whitened, all kinds in turn. */
function drawOutside(model: UniverseModel, order: EftOrder, seed: number): Float32Array {
  const source = createOutsideSource(model, order)
  const rng = createRng(seed).split('outside-pool')
  const pool = new Float32Array(outsidePool * source.bins)
  for (let i = 0; i < outsidePool; i++)
    pool.set(source.draw(outsideKinds[i % outsideKinds.length], rng), i * source.bins)
  return pool
}
