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
import { someOf } from '../transformer/transformer-data.ts'
import { loadTransformer, type TransformerSource } from '../transformer-source.ts'
import type { SearchScore } from './anomaly-scores.ts'
import { backgroundsOf } from './backgrounds.ts'
import { fittingSearchScorer, type ScoredRows, type SearchScorer } from './event-scores.ts'
import { scoreOwnEvents, type ScoredOwnEvents } from './score-own-events.ts'
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
  /** A file of one's own events, scored beside the signal. */
  own: { id: string; name: string; bytes: Uint8Array } | null
  splitSeed: number
  /** Of masks, components and bootstrap. */
  seed: number
}

/** What is being done, and how much of all of it. */
export interface SearchNews {
  doing: string
  fraction: number
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
  ownEvents: ScoredOwnEvents | null
}

/** Training events that the learned space and its Gaussians are found from. */
const eventsOfSpace = 4000
/** Validation events that the temperature is found from. */
const eventsOfTemperature = 5000
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
): AsyncGenerator<SearchNews, SearchView, void> {
  const { signal, map, seed } = request
  const ready = yield* prepare(request, http)
  const { scorer, scaling, own, labels, weights, backgrounds, model, temperature, test } = {
    ...ready,
    temperature: ready.scorer.temperature,
  }
  const { sample } = yield* within(`Reading ${signal.id}`, 0.8, 0.84, readSome(signal, mostSignal, http))
  const raw = eventTokens(sample)
  const rows = searchSelection(
    raw,
    Array.from({ length: sample.events }, (_, i) => i),
  )
  const asked = takeRows({ ...raw, values: standardised(raw, scaling) }, rows)
  const { scores } = yield* within(`Scoring ${signal.id}`, 0.84, 0.9, scorer.scoring(asked))
  const found = { scores, weights: Float64Array.from(rows, (row) => sample.weight[row]) }
  const reports = signalReport(own, backgrounds, { ...found, probabilities: own.probabilities }, seed)
  const tokens = map.raw.length / map.events
  const shown = { events: map.events, tokens, values: map.raw, filled: map.filled }
  const onMap = yield* within(
    ...(['Scoring the events of the map', 0.92, 0.97] as const),
    scorer.scoring({ rows: map.events, values: standardised(shown, scaling), filled: map.filled }),
  )
  if (request.own) yield { doing: `Scoring ${request.own.name}`, fraction: 0.97 }
  const ownEvents = request.own && (await scoreOwnEvents(request.own, ready, seed))
  return {
    ...{ model, temperature, test, reports, map: onMap.scores, ownEvents },
    standardModel: { scores: own.scores, weights, labels },
    signal: { id: signal.id, ...found, of: sample.events },
  }
}

async function* prepare(
  { transformer, samples, splitSeed, seed }: SearchRequest,
  http: HttpOptions,
): AsyncGenerator<SearchNews, Prepared, void> {
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
    const [from, to] = [c, c + 1].map((k) => (0.3 * k) / samples.length)
    const { sample, crossSection } = yield* within(
      ...([`Reading ${each.id}`, from, to] as const),
      readSome(each, Infinity, http),
    )
    classes.push({ id: each.id, sample })
    crossSections.push(crossSection)
  }
  const scaling = scalingOf(card)
  const read = tokenCorpus(classes, splitSeed)
  const corpus: TokenCorpus = { ...read, values: standardised(read.raw, scaling), scaling }
  const backend = await createTransformerBackend('kernels', card.training.spec)
  const scorer = yield* within(
    ...(['Learning what the Standard Model looks like', 0.3, 0.55] as const),
    fittingSearchScorer(
      ...([backend, parameters, corpus.classes.length] as const),
      {
        training: someOf(corpus, 'training', eventsOfSpace),
        validation: someOf(corpus, 'validation', eventsOfTemperature),
      },
      seed,
    ),
  )
  const { test } = corpus.split
  const selected = searchSelection(corpus.raw, test)
  const own = yield* within(
    ...(['Scoring the Standard Model', 0.55, 0.8] as const),
    scorer.scoring(takeRows(corpus, selected)),
  )
  prepared = {
    ...{ key, model: card.title, test: test.length, scorer, scaling, own },
    labels: Uint8Array.from(selected, (row) => corpus.labels[row]),
    weights: Float64Array.from(selected, (row) => corpus.weights[row]),
    backgrounds: backgroundsOf(corpus, selected, crossSections),
  }
  return prepared
}

/** A part of a longer job, from one of its fractions to another. */
async function* within<T>(
  doing: string,
  from: number,
  to: number,
  part: AsyncGenerator<number, T, void>,
): AsyncGenerator<SearchNews, T, void> {
  yield { doing, fraction: from }
  let next = await part.next()
  for (; !next.done; next = await part.next()) yield { doing, fraction: from + (to - from) * next.value }
  return next.value
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
