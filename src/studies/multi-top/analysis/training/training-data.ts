import { parseSample } from '../../../../dataset/event-samples/load-sample.ts'
import type { SampleEvents } from '../../../../dataset/event-samples/sample-events.ts'
import { streamSample } from '../../../../dataset/event-samples/stream-sample.ts'
import { fetchWhole, type HttpOptions } from '../../../../dataset/http.ts'
import { AppError } from '../../../../errors.ts'
import { createRng, shuffle } from '../../../../numerics/rng.ts'
import { sha256Hex } from '../../../../numerics/sha256.ts'
import type { ClassSample } from '../map/map-events.ts'
import { joinEvents } from '../tokens/class-samples.ts'
import { tokenCorpus, type ClassEvents, type TokenCorpus } from '../tokens/corpus.ts'
import { pickEvents } from '../tokens/pick-events.ts'
import { splitEvents, type EventSplit } from '../tokens/split-events.ts'
import { standardised, type TokenScaling } from '../tokens/token-scaling.ts'
import type { TrainedClasses } from './training-settings.ts'

export interface TrainingDataRequest {
  /** One sample a number of tops. */
  samples: readonly ClassSample[]
  classes: TrainedClasses
  /** Training events in all, the same of each class. */
  labels: number
  /** Of the split; models that start from another must be of the same to be tested on what it has not seen. */
  splitSeed: number
  /** Which of the training events are taken: those of fewer labels are among those of more. */
  seed: number
}

export interface TrainingData {
  /** Standardised by the scaling that was asked for. */
  corpus: TokenCorpus
  /** [labels] rows that are trained on */
  training: Uint32Array
  validation: Uint32Array
  test: Uint32Array
  /** Digests of the manifests, which name the bytes of the events. */
  samples: { id: string; sha256: string }[]
}

/** Fewer say little of validation and test: 15 % each. */
const leastRead = 4000
const mostManifestBytes = 1024 * 1024
/** Evaluation after every epoch stays short. */
const mostEvaluated = 2500

/** Processes of the class of two tops that are told apart. */
const pairProcesses = [
  { id: 'tth', label: 'tt̄H', process: 'p p > t t~ H' },
  { id: 'ttz', label: 'tt̄Z', process: 'p p > t t~ Z' },
] as const

export const trainedClassNames = (classes: TrainedClasses, samples: readonly ClassSample[]): string[] =>
  classes === 'tops' ? samples.map(({ id }) => id) : pairProcesses.map(({ id }) => id)

/**
 * Reads as many blocks of the samples as a training of so many events needs.
 *
 * @throws AppError 'input/invalid' where there are fewer training events than asked for
 */
export async function* readTrainingData(
  { samples, classes: kind, labels, splitSeed, seed }: TrainingDataRequest,
  scaling: TokenScaling,
  http: HttpOptions,
): AsyncGenerator<number, TrainingData, void> {
  const wanted = kind === 'tops' ? samples : samples.filter((_, tops) => tops === 2)
  const each = Math.floor(labels / (kind === 'tops' ? wanted.length : pairProcesses.length))
  const classes: ClassEvents[] = []
  const digests: TrainingData['samples'] = []
  for (const [c, { id, manifestUrl }] of wanted.entries()) {
    const bytes = await fetchWhole(manifestUrl, mostManifestBytes, http)
    const manifest = parseSample(bytes, manifestUrl)
    digests.push({ id, sha256: await sha256Hex(bytes) })
    const split = splitEvents(manifest.events, splitSeed, id)
    // Of two processes all events are looked at: they are a tenth each.
    const need =
      kind === 'tops' ? Math.max(leastRead, (split.training[each - 1] ?? manifest.events) + 1) : Infinity
    const blocks: SampleEvents[] = []
    let read = 0
    for await (const block of streamSample(manifest, manifestUrl, http)) {
      blocks.push(block)
      read += block.events
      yield (c + Math.min(1, read / Math.min(need, manifest.events))) / wanted.length
      if (read >= need) break
    }
    const sample = joinEvents(blocks)
    if (kind === 'tops') classes.push({ id, sample, of: manifest.events })
    else
      for (const { id: name, process } of pairProcesses) {
        const part = manifest.parts.findIndex(({ options }) => options.includes(`"${process}"`))
        classes.push({ id: name, ...ofProcess(sample, part, split) })
      }
  }
  const corpus = tokenCorpus(classes, splitSeed)
  return {
    ...dataOf({ ...corpus, values: standardised(corpus.raw, scaling), scaling }, each, seed),
    samples: digests,
  }
}

/** Training events that are taken, and as many others as an evaluation needs, balanced by class. */
export function dataOf(corpus: TokenCorpus, each: number, seed: number): Omit<TrainingData, 'samples'> {
  const { labels, classes, split } = corpus
  const some = (part: Uint32Array, most: number, stream: string): Uint32Array =>
    Uint32Array.from(
      classes.flatMap((_, c) =>
        Array.from(
          shuffle(
            part.filter((row) => labels[row] === c),
            createRng(seed, `${stream}/${c}`),
          ).slice(0, most),
        ),
      ),
    )
  const training = some(split.training, each, 'labels')
  const counts = classes.map((_, c) => training.filter((row) => labels[row] === c).length)
  const short = counts.findIndex((count) => count < each)
  if (short >= 0)
    throw new AppError(
      'input/invalid',
      `${each} training events are asked for of each class, class ${classes[short]} has ${counts[short]}. Choose fewer labels.`,
      { class: classes[short], asked: each, there: counts[short] },
    )
  const others = Math.floor(mostEvaluated / classes.length)
  return {
    ...{ corpus, training },
    validation: some(split.validation, others, 'validation'),
    test: some(split.test, others, 'test'),
  }
}

/** Events of one process, in the parts of the split that they have in the whole sample. */
function ofProcess(
  sample: SampleEvents,
  part: number,
  split: EventSplit,
): { sample: SampleEvents; split: EventSplit } {
  const rows: number[] = []
  const place = new Map<number, number>()
  for (let i = 0; i < sample.events; i++)
    if (sample.part[i] === part) {
      place.set(i, rows.length)
      rows.push(i)
    }
  const own = (of: Uint32Array): Uint32Array =>
    Uint32Array.from(Array.from(of).flatMap((i) => place.get(i) ?? []))
  return {
    sample: pickEvents(sample, rows),
    split: { training: own(split.training), validation: own(split.validation), test: own(split.test) },
  }
}
