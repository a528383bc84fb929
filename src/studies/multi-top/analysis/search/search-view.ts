import type { HttpOptions } from '../../../../dataset/http.ts'
import { loadSample } from '../../../../dataset/event-samples/load-sample.ts'
import type { SampleEvents } from '../../../../dataset/event-samples/sample-events.ts'
import { streamSample } from '../../../../dataset/event-samples/stream-sample.ts'
import { AppError } from '../../../../errors.ts'
import { createTransformerBackend } from '../../../../ml/transformer/create-transformer-backend.ts'
import type { ClassSample } from '../map/map-events.ts'
import { joinEvents } from '../tokens/class-samples.ts'
import { tokenCorpus, type ClassEvents, type TokenCorpus } from '../tokens/corpus.ts'
import { takeRows } from '../tokens/corpus-rows.ts'
import { eventTokens } from '../tokens/event-tokens.ts'
import { scalingOf, standardised, type TokenScaling } from '../tokens/token-scaling.ts'
import { someOf, wholePart } from '../transformer/transformer-data.ts'
import { loadTransformer, type TransformerSource } from '../transformer-source.ts'
import type { SearchScore } from './anomaly-scores.ts'
import { backgroundsOf } from './backgrounds.ts'
import { fitSearchScorer, type ScoredRows, type SearchScorer } from './event-scores.ts'
import { signalReport, type Background, type SignalReport } from './search-report.ts'
import { searchSelection, selectedCrossSection } from './search-selection.ts'
import type { RawEvents } from '../map/learned-features.ts'

export interface SearchRequest {
  transformer: TransformerSource
  /** One sample a class of the Standard Model, and one of what is searched for. */
  samples: readonly ClassSample[]
  signal: ClassSample
  /** Events of the map, which are scored as well. */
  map: RawEvents
  splitSeed: number
  /** Of masks, components and bootstrap. */
  seed: number
}

type Scores = Readonly<Record<SearchScore, Float64Array>>

export interface SearchView {
  model: string
  temperature: number
  /** Test events of the Standard Model, and those of them with a b-jet and a lepton. */
  test: number
  standardModel: { scores: Scores; weights: Float64Array; labels: Uint8Array }
  signal: { id: string; scores: Scores; weights: Float64Array; of: number }
  reports: SignalReport[]
  /** Every event of the map, selected or not. */
  map: Scores
}

/** Training events that the learned space and its Gaussians are found from. */
const eventsOfSpace = 4000
/** More are no more precise than the Standard Model is. */
const mostSignal = 5000

interface Prepared {
  key: string
  model: string
  test: number
  scorer: SearchScorer
  scaling: TokenScaling
  own: ScoredRows
  labels: Uint8Array
  weights: Float64Array
  backgrounds: Background[]
}

/** The Standard Model as one transformer scores it: the same for every signal. */
let prepared: Prepared | undefined

/**
 * Scores of the Standard Model's test events, of a signal and of the events of the map.
 *
 * @throws AppError as loadTransformer, 'input/invalid' for fewer than 20 selected events of the signal, errors of fetching
 */
export async function* searchView(
  request: SearchRequest,
  http: HttpOptions,
): AsyncGenerator<number, SearchView, void> {
  const { signal, map, seed } = request
  const ready = yield* prepare(request, http)
  const { scorer, scaling, own, labels, weights, backgrounds, model, temperature, test } = {
    ...ready,
    temperature: ready.scorer.temperature,
  }
  const loop = readSome(signal, mostSignal, http)
  let next = await loop.next()
  for (; !next.done; next = await loop.next()) yield 0.8 + 0.05 * next.value
  const { sample } = next.value
  const raw = eventTokens(sample)
  const rows = searchSelection(
    raw,
    Array.from({ length: sample.events }, (_, i) => i),
  )
  const { scores } = await scorer.score(takeRows({ ...raw, values: standardised(raw, scaling) }, rows))
  yield 0.92
  const found = { scores, weights: Float64Array.from(rows, (row) => sample.weight[row]) }
  const reports = signalReport(own, backgrounds, { ...found, probabilities: own.probabilities }, seed)
  yield 0.96
  const tokens = map.raw.length / map.events
  const shown = { events: map.events, tokens, values: map.raw, filled: map.filled }
  const onMap = await scorer.score({
    ...{ rows: map.events, values: standardised(shown, scaling), filled: map.filled },
  })
  return {
    ...{ model, temperature, test, reports, map: onMap.scores },
    standardModel: { scores: own.scores, weights, labels },
    signal: { id: signal.id, ...found, of: sample.events },
  }
}

async function* prepare(
  { transformer, samples, splitSeed, seed }: SearchRequest,
  http: HttpOptions,
): AsyncGenerator<number, Prepared, void> {
  const { card, parameters } = await loadTransformer(transformer, http)
  const known = card.training.spec.classes
  if (known !== samples.length)
    throw new AppError(
      'data/mismatch',
      `${card.id} tells ${known} classes apart, the Standard Model has ${samples.length} here. Choose a transformer of all of them.`,
      { expected: samples.length, actual: known },
    )
  const key = JSON.stringify([card.weightsSha256, splitSeed, seed, samples])
  if (prepared?.key === key) return prepared
  const classes: ClassEvents[] = []
  const crossSections: number[] = []
  for (const [c, each] of samples.entries()) {
    const loop = readSome(each, Infinity, http)
    let next = await loop.next()
    for (; !next.done; next = await loop.next()) yield (0.3 * (c + next.value)) / samples.length
    const { sample, crossSection } = next.value
    classes.push({ id: each.id, sample })
    crossSections.push(crossSection)
  }
  const scaling = scalingOf(card)
  const read = tokenCorpus(classes, splitSeed)
  const corpus: TokenCorpus = { ...read, values: standardised(read.raw, scaling), scaling }
  yield 0.35
  const backend = await createTransformerBackend('kernels', card.training.spec)
  const scorer = await fitSearchScorer(
    backend,
    parameters,
    corpus.classes.length,
    {
      training: someOf(corpus, 'training', eventsOfSpace),
      validation: wholePart(corpus, 'validation', splitSeed),
    },
    seed,
  )
  yield 0.55
  const { test } = corpus.split
  const selected = searchSelection(corpus.raw, test)
  const own = await scorer.score(takeRows(corpus, selected))
  yield 0.8
  prepared = {
    ...{ key, model: card.title, test: test.length, scorer, scaling, own },
    labels: Uint8Array.from(selected, (row) => corpus.labels[row]),
    weights: Float64Array.from(selected, (row) => corpus.weights[row]),
    backgrounds: backgroundsOf(corpus, selected, crossSections),
  }
  return prepared
}

async function* readSome(
  { manifestUrl }: ClassSample,
  most: number,
  http: HttpOptions,
): AsyncGenerator<number, { sample: SampleEvents; crossSection: number }, void> {
  const manifest = await loadSample(manifestUrl, http)
  const blocks: SampleEvents[] = []
  const wanted = Math.min(most, manifest.events)
  let read = 0
  for await (const block of streamSample(manifest, manifestUrl, http)) {
    blocks.push(block)
    read += block.events
    yield Math.min(1, read / wanted)
    if (read >= wanted) break
  }
  return { sample: joinEvents(blocks), crossSection: selectedCrossSection(manifest) }
}
