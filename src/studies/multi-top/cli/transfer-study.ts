import { AppError } from '../../../errors.ts'
import { defineCommand } from '../../../cli/command.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { resumable, resumeOptions, type ResumableRun } from '../../../cli/resumable-run.ts'
import { runParts } from '../../../cli/run-parts.ts'
import { loadKernels } from '../../../kernels/load-kernels.ts'
import { createTransformerBackend } from '../../../ml/transformer/create-transformer-backend.ts'
import { eventTokens } from '../analysis/tokens/event-tokens.ts'
import { standardised } from '../analysis/tokens/token-scaling.ts'
import {
  drawLabels,
  frozenArm,
  frozenFeatures,
  transformerArm,
  type ArmResult,
  type TransferEvents,
} from '../analysis/transfer/transfer-arms.ts'
import { transferSummary, type TransferRun } from '../analysis/transfer/transfer-report.ts'
import { generatedEvents } from './generated-events.ts'
import { openTransformer, transformerOption } from './open-transformer.ts'

const processes = ['p p > t t~ H, H > b b~', 'p p > t t~ Z, Z > b b~'] as const
/** Added to the seed of the study: its events are of no other. */
const eventSeed = 20_260_000

/** Passes over so many labels. */
const epochsOf = (labels: number): number => Math.max(4, Math.min(30, Math.round(250 / labels ** 0.42)))
const batchOf = (labels: number): number => (labels <= 1000 ? 32 : 128)

export const transferStudyCommand = defineCommand({
  summary:
    'ttH against ttZ (both to b b~) from few labels: a transformer from scratch, a pre-trained one, and its learned space with a linear layer',
  options: {
    model: transformerOption,
    labels: {
      kind: 'numbers',
      ...{ least: 1, most: 20, min: 40, max: 1_000_000, integer: true },
      default: '200,1000,5000,20000',
      help: 'events with a label, half of each class; a fifth of them stops the training and chooses the rate',
    },
    test: {
      kind: 'number',
      ...countRange(100, 1_000_000),
      default: '6000',
      help: 'events that are tested on, half of each class',
    },
    repeat: { kind: 'number', ...countRange(1, 10), default: '5', help: 'seeds of labels and trainings' },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'the first of them, and of the events' },
    ...resumeOptions,
  },
  run: async (options, log, texts) => {
    const { labels: counts, test, repeat, seed } = options
    const odd = [...counts, test].find((count) => count % 2 !== 0)
    if (odd !== undefined)
      throw new AppError(
        'input/invalid',
        `${odd} events are not halves of two classes, ${odd + 1} are. Give even numbers.`,
      )
    const model = await openTransformer(options.model)
    const request = {
      ...{ command: 'transfer-study', options, texts },
      rests: { 'the weights of sha256': model.card.weightsSha256 },
    }
    const parts = Array.from({ length: repeat }, (_, k) => seed + k).flatMap((own) =>
      counts.map((labels) => ({ id: `${labels} labels, seed ${own}`, labels, seed: own })),
    )
    const runs = await resumable(request, log, async (run) => {
      const events = await makeEvents(model.card.scaling, Math.max(...counts), test, seed, run)
      const kernels = await loadKernels()
      const backend = await createTransformerBackend('kernels', model.card.training.spec)
      const features = await frozenFeatures(backend, model, events.table)
      return (await runParts(
        run,
        parts,
        () => true,
        async ({ id, labels, seed: own }, part) => {
          const drawn = drawLabels(events, labels, own)
          const settings = { seed: own, batch: batchOf(labels), epochs: epochsOf(labels) }
          const arms: Record<string, ArmResult> = {}
          let epochs = 0
          for (const arm of ['scratch', 'fine-tuned'] as const) {
            const training = transformerArm(arm, model, events, drawn, settings)
            let next = await training.next()
            for (; !next.done; next = await training.next())
              await part.step({ done: ++epochs, total: 4 * settings.epochs, unit: 'epoch' }, () => ({}))
            arms[arm] = next.value
          }
          arms.frozen = frozenArm(kernels, features, events, drawn, settings)
          const auc = Object.fromEntries(Object.entries(arms).map(([arm, { auc: area }]) => [arm, area]))
          log(
            `${id}: ${Object.entries(auc)
              .map(([arm, area]) => `${arm} ${area.toFixed(4)}`)
              .join(', ')}`,
          )
          await part.step({ done: epochs, total: epochs, unit: 'epoch' }, () => ({}))
          return { labels, seed: own, auc, arms }
        },
      )) as TransferRun[]
    })
    return { model: model.card.id, processes, test, runs, summary: transferSummary(runs) }
  },
})

async function makeEvents(
  { mean, deviation }: { mean: readonly number[]; deviation: readonly number[] },
  most: number,
  test: number,
  seed: number,
  run: ResumableRun,
): Promise<TransferEvents> {
  const each = (most + test) / 2
  const tables = []
  for (const [label, process] of processes.entries())
    tables.push(eventTokens(await generatedEvents(process, each, eventSeed + 2 * seed + label, run)))
  const tokens = tables[0].tokens
  const scaling = { mean: Float64Array.from(mean), deviation: Float64Array.from(deviation) }
  const values = new Float32Array(2 * each * tokens)
  const filled = new Uint8Array(values.length)
  tables.forEach((raw, label) => {
    values.set(standardised(raw, scaling), label * each * tokens)
    filled.set(raw.filled, label * each * tokens)
  })
  const rows = Array.from({ length: 2 * each }, (_, row) => row)
  return {
    table: {
      ...{ events: 2 * each, tokens, values, filled, weights: new Float32Array(2 * each).fill(1) },
      labels: Uint8Array.from(rows, (row) => (row < each ? 0 : 1)),
    },
    pool: Uint32Array.from(rows.filter((row) => row % each < most / 2)),
    test: Uint32Array.from(rows.filter((row) => row % each >= most / 2)),
  }
}
