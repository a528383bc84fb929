import { AppError } from '../../../errors.ts'
import { checkFolderContent } from '../../../cli/check-folder-content.ts'
import { defineCommand } from '../../../cli/command.ts'
import { writeFiles } from '../../../cli/files.ts'
import { resumable, resumeOptions, type ResumableRun } from '../../../cli/resumable-run.ts'
import { trainTransformer } from '../../../ml/transformer/train-transformer.ts'
import {
  transformerCheckpointFromBytes,
  transformerCheckpointToBytes,
} from '../../../ml/transformer/transformer-checkpoint.ts'
import {
  maskDraws,
  usualTransformerTraining,
  type TransformerConfig,
} from '../../../ml/transformer/transformer-config.ts'
import { TransformerEngine } from '../../../ml/transformer/transformer-engine.ts'
import { transformerFileNames, writeTransformerFiles } from '../../../ml/transformer/transformer-files.ts'
import { transformerTasks } from '../../../ml/transformer/transformer-loss.ts'
import { transformerSizes, type TransformerSize } from '../../../ml/transformer/transformer-spec.ts'
import { product } from '../../../product.ts'
import { evaluateTransformer } from '../analysis/transformer/evaluate-transformer.ts'
import { trainingBatches, wholePart } from '../analysis/transformer/transformer-data.ts'
import { openTransformer, someTransformer } from './open-transformer.ts'
import { startFrom } from '../analysis/training/start-from.ts'
import { scalingOf } from '../analysis/tokens/token-scaling.ts'
import { backendOfWorkers, workersOption } from './transformer-backends.ts'
import { corpusOfSamples, sampleOptions, tokenNames, type CorpusOfSamples } from './transformer-samples.ts'

const usual = usualTransformerTraining
const sizes = Object.keys(transformerSizes) as TransformerSize[]

export const trainTransformerCommand = defineCommand({
  summary: 'trains a transformer on samples of several classes and writes card.json, weights.bin',
  options: {
    ...sampleOptions,
    'split-seed': {
      kind: 'number',
      min: 0,
      max: 2 ** 31,
      integer: true,
      default: '1',
      help: 'of training, validation and test events',
    },
    out: {
      kind: 'output',
      what: 'folder',
      required: true,
      help: 'where card.json and weights.bin are written',
    },
    id: { kind: 'id', default: 'my-transformer', help: 'of the model' },
    title: { kind: 'text', most: 200, default: 'My transformer', help: 'on the card' },
    size: {
      kind: 'choice',
      choices: sizes,
      default: 'small-5h',
      help: 'width and heads of the network',
    },
    from: {
      ...someTransformer,
      help: 'transformer whose weights it starts from, shipped or a folder with card.json; its classes keep their head',
    },
    masks: {
      kind: 'choice',
      choices: maskDraws,
      default: usual.masks,
      help: 'what is hidden: 30 % of all scalars, or besides one whole object of every other event',
    },
    task: { kind: 'choice', choices: transformerTasks, default: usual.task, help: 'what it learns' },
    seed: {
      kind: 'number',
      min: 0,
      max: 2 ** 31,
      integer: true,
      default: String(usual.seed),
      help: 'of the training',
    },
    'learning-rate': {
      kind: 'number',
      min: 1e-6,
      max: 1,
      default: String(usual.learningRate),
      help: 'peak of the schedule',
    },
    schedule: {
      kind: 'choice',
      choices: ['constant', 'cosine'],
      default: usual.schedule,
      help: 'cosine ends at 1 % of the peak',
    },
    'weight-decay': {
      kind: 'number',
      min: 0,
      max: 10,
      default: String(usual.weightDecay),
      help: 'decoupled',
    },
    batch: {
      kind: 'number',
      min: 8,
      max: 65_536,
      integer: true,
      default: String(usual.batch),
      help: 'events of a step',
    },
    epochs: {
      kind: 'number',
      min: 1,
      max: 10_000,
      integer: true,
      default: String(usual.epochs),
      help: 'at most',
    },
    patience: {
      kind: 'number',
      min: 1,
      max: 10_000,
      integer: true,
      default: String(usual.patience),
      help: 'epochs without a better validation loss before it stops',
    },
    workers: workersOption,
    ...resumeOptions,
  },
  run: async (options, log, texts) => {
    const { out } = options
    checkFolderContent('out', out, transformerFileNames)
    const splitSeed = options['split-seed']
    const from = options.from === undefined ? null : await openTransformer(options.from)
    const scaling = from ? scalingOf(from.card) : undefined
    const data = await corpusOfSamples(options.samples, options.classes, splitSeed, options.events, scaling)
    const { corpus } = data
    const config: TransformerConfig = {
      spec: {
        tokens: corpus.tokens,
        ...transformerSizes[options.size as TransformerSize],
        classes: corpus.classes.length,
      },
      seed: options.seed,
      task: oneOf(transformerTasks, options.task),
      masks: oneOf(maskDraws, options.masks),
      learningRate: options['learning-rate'],
      schedule: oneOf(['constant', 'cosine'] as const, options.schedule),
      weightDecay: options['weight-decay'],
      batch: options.batch,
      epochs: options.epochs,
      patience: options.patience,
    }
    const { id, title } = options
    const sameClasses = from?.card.classes.join() === corpus.classes.join()
    const start = from ? startFrom(from, config, sameClasses) : undefined
    const rests: Record<string, string | null> = Object.fromEntries(
      data.samples.map((sample) => [`the sample ${sample.id} of sha256`, sample.sha256]),
    )
    rests['the weights of sha256'] = from && from.card.weightsSha256
    // How many threads do the work decides nothing.
    const deciding = Object.fromEntries(Object.entries(texts).filter(([name]) => name !== 'workers'))
    return resumable({ command: 'train-transformer', options, texts: deciding, rests }, log, (run) =>
      trainAndWrite(
        {
          id,
          title,
          config,
          data,
          most: options.events ?? null,
          splitSeed,
          workers: options.workers,
          folder: out,
          start,
          from: from && from.card.id,
        },
        log,
        run,
      ),
    )
  },
})

function oneOf<T extends string>(choices: readonly T[], text: string): T {
  const found = choices.find((choice) => choice === text)
  if (found === undefined)
    throw new AppError('input/invalid', `"${text}" is none of ${choices.join(', ')}. Choose one of them.`)
  return found
}

interface TransformerToTrain {
  id: string
  title: string
  config: TransformerConfig
  data: CorpusOfSamples
  most: number | null
  splitSeed: number
  workers: number
  folder: string
  /** Weights to begin with, and whose they are. */
  start: Float32Array | undefined
  from: string | null
}

async function trainAndWrite(
  { id, title, config, data, most, splitSeed, workers, folder, start, from }: TransformerToTrain,
  log: (line: string) => void,
  { stored, step }: ResumableRun,
): Promise<object> {
  const { corpus, samples } = data
  const { backend, close } = await backendOfWorkers(config.spec, workers)
  try {
    const engine = new TransformerEngine(config, backend)
    if (start) engine.start(start)
    const training = trainTransformer({
      ...{ config, engine },
      source: trainingBatches(corpus, config),
      validation: wholePart(corpus, 'validation', splitSeed),
      dataKey: [...samples.map(({ sha256 }) => sha256.slice(0, 16)), splitSeed, corpus.events].join(' '),
      resumeFrom: stored.training ? await transformerCheckpointFromBytes(stored.training) : undefined,
    })
    let next = await training.next()
    for (; !next.done; next = await training.next()) {
      const { step: done, steps: total, evaluation, takeCheckpoint } = next.value
      if (evaluation)
        log(
          `epoch ${evaluation.epoch}: reconstruction ${evaluation.reconstruction.toFixed(4)}, classes ${evaluation.classification.toFixed(4)}; validation ${evaluation.validationReconstruction.toFixed(4)}, ${evaluation.validationClassification.toFixed(4)}`,
        )
      await step({ done, total, unit: 'step' }, async () => ({
        training: await transformerCheckpointToBytes(takeCheckpoint()),
      }))
    }
    const { parameters, bestEpoch, validationLoss, stopped, history } = next.value
    const test = wholePart(corpus, 'test', splitSeed)
    const metrics = await evaluateTransformer(backend, parameters, test, corpus.classes)
    const files = await writeTransformerFiles(
      {
        ...{ id, title, classes: [...corpus.classes], tokens: tokenNames(corpus.tokens), training: config },
        description: `Trained with the command line on ${corpus.split.training.length} events of ${corpus.classes.length} classes${from ? `, from ${from}` : ''}.`,
        scaling: { mean: Array.from(corpus.scaling.mean), deviation: Array.from(corpus.scaling.deviation) },
        data: {
          samples,
          splitSeed,
          most,
          events: {
            training: corpus.split.training.length,
            validation: corpus.split.validation.length,
            test: corpus.split.test.length,
          },
        },
        epochs: { best: bestEpoch, done: history.length },
        ...{ metrics, engine: backend.name, product },
      },
      parameters,
    )
    writeFiles(folder, [
      { name: 'card.json', bytes: files.card },
      { name: 'weights.bin', bytes: files.weights },
    ])
    return { id, bestEpoch, validationLoss, stopped, metrics }
  } finally {
    await close()
  }
}
