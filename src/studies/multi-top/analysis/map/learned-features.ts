import { createForwardPass } from '../../../../ml/transformer/forward-pass.ts'
import type { TransformerSpec } from '../../../../ml/transformer/transformer-spec.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { leadingComponents } from '../../../../statistics/embedding/leading-components.ts'
import { learnedPieces, type LearnedFeatures } from '../transformer/transformer-outputs.ts'
import type { Axes } from './axes.ts'
import type { MapEvents } from './map-events.ts'

/** Events between two reports. */
const atOnce = 50

/** Tokens of whole events behind the last block and its layer norm. @param values [events, tokens] standardised */
export async function* learnedFeatures(
  spec: TransformerSpec,
  parameters: Float32Array,
  values: Float32Array,
): AsyncGenerator<number, LearnedFeatures, void> {
  const pass = await createForwardPass(spec)
  const events = values.length / spec.tokens
  const width = spec.tokens * spec.width
  const out = new Float32Array(events * width)
  for await (const { first, rows, features } of learnedPieces(
    pass,
    parameters,
    { values, rows: events },
    atOnce,
  )) {
    out.set(features, first * width)
    yield (first + rows) / events
  }
  return { values: out, width }
}

/**
 * Principal components of features, each pointing to where there are more tops, so that pictures of one training can be
 * compared.
 *
 * @returns [events, found]
 */
export function componentsOf(
  { values, width }: LearnedFeatures,
  labels: ArrayLike<number>,
  components: number,
): { coordinates: Float64Array; found: number; variance: Float64Array; axes: Axes } {
  const n = labels.length
  const { coordinates, found, variance, mean, axes } = leadingComponents(
    { values, n, dimensions: width },
    components,
    createRng(1, 'components'),
  )
  let middle = 0
  for (let i = 0; i < n; i++) middle += labels[i] / n
  for (let k = 0; k < found; k++) {
    let along = 0
    for (let i = 0; i < n; i++) along += (labels[i] - middle) * coordinates[i * found + k]
    if (along >= 0) continue
    for (let i = 0; i < n; i++) coordinates[i * found + k] *= -1
    for (let c = 0; c < width; c++) axes[k * width + c] *= -1
  }
  return {
    ...{ coordinates, found, variance },
    axes: { mean: Float32Array.from(mean), axes: Float32Array.from(axes) },
  }
}

/** Raw numbers of events on the map, as every job takes them. */
export type RawEvents = Pick<MapEvents, 'raw' | 'filled' | 'events' | 'labels'>
