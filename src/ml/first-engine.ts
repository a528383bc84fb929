import type { BackendOptions, BackendReport } from './backends.ts'
import {
  maximumTensorRows,
  type BackendChoice,
  type BackendName,
  type TrainingConfig,
} from './training-config.ts'

/** An engine, and what is known of all. */
export interface EngineChoice {
  chosen: BackendName
  report: BackendReport[]
}

/** Steps that a training makes between two engines that are measured. */
const stepsBetween = 10

/** What a thread measured, by the options that it asks with, where our kernels are the fastest: these are never lost. */
const measured = new WeakMap<BackendOptions, BackendReport[]>()

const unmeasured: BackendReport = {
  name: 'kernels',
  available: true,
  reason: 'engines are measured between the first steps',
  chosen: true,
}

/**
 * The engine that a training begins with. For 'auto' these are our kernels, which need nothing of TensorFlow.js: what is
 * faster, if anything, is measured between the first steps.
 *
 * @throws AppError 'ml/backend-unavailable' where the named one does not start or computes something else
 */
export async function firstEngine(choice: BackendChoice, options: BackendOptions): Promise<EngineChoice> {
  if (choice === 'auto') return { chosen: 'kernels', report: measured.get(options) ?? [unmeasured] }
  const { initBackend } = await import('./backends.ts')
  const report = await initBackend(choice, options)
  return { chosen: report.find((entry) => entry.chosen)?.name ?? 'cpu', report }
}

/**
 * To be called after each step of a training that began with firstEngine('auto'): measures an engine after every tenth, and
 * gives once, at the end, the one to go on with. Where a step of our kernels is quick enough, no other is started.
 */
export function measureBetweenSteps(
  { universesPerBatch, replicasPerUniverse }: TrainingConfig,
  options: BackendOptions,
): () => Promise<EngineChoice | undefined> {
  const rows = universesPerBatch * replicasPerUniverse
  let measuring: AsyncGenerator<BackendName, BackendReport[], void> | undefined
  let ended = measured.has(options)
  let steps = 0
  return async () => {
    if (ended || ++steps % stepsBetween !== 0) return undefined
    measuring ??= (await import('./backends.ts')).fastestInPieces(options)
    const next = await measuring.next()
    if (!next.done) return undefined
    ended = true
    const report = next.value
    const fastest = report.find(({ chosen }) => chosen)?.name ?? 'kernels'
    if (fastest === 'kernels') measured.set(options, report)
    // Tensors of all pairs would not fit; the kernels keep none.
    if (rows <= maximumTensorRows) return { chosen: fastest, report }
    return { chosen: 'kernels', report: report.map((each) => ({ ...each, chosen: each.name === 'kernels' })) }
  }
}
