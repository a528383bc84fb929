import { joinEvents } from '../tokens/class-samples.ts'
import { tokenCorpus, type ClassEvents } from '../tokens/corpus.ts'
import type { HttpOptions } from '../../../../dataset/http.ts'
import { loadSample } from '../../../../dataset/event-samples/load-sample.ts'
import { streamSample } from '../../../../dataset/event-samples/stream-sample.ts'
import type { SampleEvents } from '../../../../dataset/event-samples/sample-events.ts'
import { createRng, shuffle } from '../../../../numerics/rng.ts'
import { leadingComponents } from '../../../../statistics/embedding/leading-components.ts'
import type { TokenScaling } from '../tokens/token-scaling.ts'
import type { Axes } from './axes.ts'
import { splitEvents } from '../tokens/split-events.ts'

/** Where the sample of a class lies. */
export interface ClassSample {
  id: string
  manifestUrl: string
}

export interface MapRequest {
  /** One sample a class. */
  samples: readonly ClassSample[]
  /** Events of each class on the map. */
  perClass: number
  /** Of the split and of the choice of events. */
  seed: number
}

/** Events on a map, as tokens: rows of class c follow those of class c − 1. */
export interface MapEvents {
  readonly events: number
  readonly tokens: number
  readonly classes: readonly string[]
  readonly labels: Uint8Array // [events]
  /** [events, tokens] GeV and radians; 0 where a slot is empty */
  readonly raw: Float32Array
  readonly filled: Uint8Array // [events, tokens]
  /** [events, tokens] standardised by the training events of the same samples */
  readonly values: Float32Array
  /** [events] process of its class, in the order of the sample */
  readonly part: Uint8Array
  /** [classes] the processes of each */
  readonly parts: readonly (readonly string[])[]
  /** [events, components] principal components of `values` */
  readonly components: Float64Array
  readonly componentCount: number
  /** Share of the variance that each component has. */
  readonly shares: Float64Array
  /** What `values` and `components` were made by, for further events. */
  readonly scaling: TokenScaling
  readonly axes: Axes
}

/** Components that neighbours are looked for in. */
const keptComponents = 20

/** Reads as many blocks of each sample as the map needs and lays test events of all classes beside each other. */
export async function* mapEvents(
  request: MapRequest,
  http: HttpOptions,
): AsyncGenerator<number, MapEvents, void> {
  const { samples, perClass, seed } = request
  const classes: ClassEvents[] = []
  const parts: string[][] = []
  for (const [c, { id, manifestUrl }] of samples.entries()) {
    const manifest = await loadSample(manifestUrl, http)
    // As a transformer's data are split, so that none of the same seed was trained on what is shown.
    const { test } = splitEvents(manifest.events, seed, id)
    const wanted = test[Math.min(perClass, test.length) - 1] + 1
    parts.push(manifest.parts.map(({ options }) => processOf(options)))
    const blocks: SampleEvents[] = []
    let read = 0
    for await (const block of streamSample(manifest, manifestUrl, http)) {
      blocks.push(block)
      read += block.events
      yield (c + Math.min(1, read / wanted)) / samples.length
      if (read >= wanted) break
    }
    classes.push({ id, sample: joinEvents(blocks), of: manifest.events })
  }
  return eventsOnMap(classes, parts, request)
}

/** Test events of classes that are here, drawn by the seed. */
export function eventsOnMap(
  classes: readonly ClassEvents[],
  parts: readonly (readonly string[])[],
  { perClass, seed }: Pick<MapRequest, 'perClass' | 'seed'>,
): MapEvents {
  const corpus = tokenCorpus(classes, seed)
  const { tokens, labels, source, split } = corpus
  const rows = classes.flatMap((_, c) => {
    const own = split.test.filter((row) => labels[row] === c)
    return Array.from(
      shuffle(own, createRng(seed, `map/${c}`))
        .slice(0, perClass)
        .sort(),
    )
  })
  const taken = <T extends Float32Array | Uint8Array>(from: T, out: T): T => {
    rows.forEach((row, r) => out.set(from.subarray(row * tokens, (row + 1) * tokens), r * tokens))
    return out
  }
  const values = taken(corpus.values, new Float32Array(rows.length * tokens))
  const { coordinates, variance, found, mean, axes } = leadingComponents(
    { values, n: rows.length, dimensions: tokens },
    keptComponents,
    createRng(seed, 'components'),
  )
  let total = 0
  for (const x of values) total += x ** 2 / rows.length
  return {
    ...{ events: rows.length, tokens, classes: corpus.classes, parts, values },
    labels: Uint8Array.from(rows, (row) => labels[row]),
    raw: taken(corpus.raw.values, new Float32Array(rows.length * tokens)),
    filled: taken(corpus.filled, new Uint8Array(rows.length * tokens)),
    part: Uint8Array.from(rows, (row) => classes[labels[row]].sample.part[source[row]]),
    ...{ components: coordinates, componentCount: found },
    shares: variance.map((own) => own / total),
    scaling: corpus.scaling,
    axes: { mean: Float32Array.from(mean), axes: Float32Array.from(axes) },
  }
}

/** "p p > t t~" of the options of `generate`. */
function processOf(options: string): string {
  return /--process "([^"]*)"/.exec(options)?.[1] ?? options
}
