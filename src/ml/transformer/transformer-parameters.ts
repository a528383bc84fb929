import { AppError } from '../../errors.ts'
import type { Rng } from '../../numerics/rng.ts'
import { checkSpec, hiddenFactor, type TransformerSpec } from './transformer-spec.ts'

export interface ParameterRegion {
  name: string
  start: number
  length: number
  /** Matrices are [rows, columns] row-major, from inputs to outputs; vectors have one row. */
  rows: number
  columns: number
}

const blockRegions = (width: number): [name: string, rows: number, columns: number][] => [
  ['norm-1/gain', 1, width],
  ['norm-1/bias', 1, width],
  ['queries', width, width],
  ['queries/bias', 1, width],
  ['keys', width, width],
  ['keys/bias', 1, width],
  ['values', width, width],
  ['values/bias', 1, width],
  ['output', width, width],
  ['output/bias', 1, width],
  ['norm-2/gain', 1, width],
  ['norm-2/bias', 1, width],
  ['hidden', width, hiddenFactor * width],
  ['hidden/bias', 1, hiddenFactor * width],
  ['project', hiddenFactor * width, width],
  ['project/bias', 1, width],
]

/** Where each number of a transformer stands in its flat array. */
export class TransformerLayout {
  readonly regions: readonly ParameterRegion[]
  /** Numbers in all. */
  readonly total: number
  private readonly byName: ReadonlyMap<string, ParameterRegion>

  /** @throws AppError 'input/invalid' */
  constructor(readonly spec: TransformerSpec) {
    checkSpec(spec)
    const { tokens, width, blocks, classes } = spec
    const shapes: [string, number, number][] = [
      ['embedding', tokens, width],
      ['embedding/bias', tokens, width],
      ['mask', 1, width],
    ]
    for (let i = 0; i < blocks; i++)
      for (const [name, rows, columns] of blockRegions(width))
        shapes.push([`block-${i}/${name}`, rows, columns])
    shapes.push(
      ['norm/gain', 1, width],
      ['norm/bias', 1, width],
      ['classes', tokens * width, classes],
      ['classes/bias', 1, classes],
      ['reconstruction', width, 1],
      ['reconstruction/bias', 1, 1],
    )
    let start = 0
    this.regions = shapes.map(([name, rows, columns]) => {
      const region = { name, start, length: rows * columns, rows, columns }
      start += region.length
      return region
    })
    this.total = start
    this.byName = new Map(this.regions.map((region) => [region.name, region]))
  }

  region(name: string): ParameterRegion {
    const region = this.byName.get(name)
    if (!region) throw new AppError('input/invalid', `A transformer has no parameters called "${name}".`)
    return region
  }

  /** A view on the numbers of one region. */
  view<T extends Float32Array | Float64Array>(flat: T, name: string): T {
    const { start, length } = this.region(name)
    return flat.subarray(start, start + length) as T
  }

  /** @throws AppError 'model/mismatch' */
  check(flat: ArrayLike<number>): void {
    if (flat.length === this.total) return
    const { tokens, width, heads, blocks } = this.spec
    throw new AppError(
      'model/mismatch',
      `A transformer of ${tokens} tokens, width ${width}, ${heads} heads and ${blocks} blocks has ${this.total} parameters, got ${flat.length}. Choose weights of the same architecture.`,
      { expected: this.total, actual: flat.length },
    )
  }
}

/** Trained numbers of a transformer. */
export const countTransformerParameters = (spec: TransformerSpec): number => new TransformerLayout(spec).total

/**
 * Start of a training: matrices of a block uniform in ±√(6 / (inputs + outputs)) (Glorot, Bengio 2010), directions and
 * biases of the embedding uniform in ±1/√width (2106.11959, as published), heads uniform in ±1/√inputs, gains 1, the
 * rest 0.
 */
export function initialiseTransformer(layout: TransformerLayout, rng: Rng): Float32Array {
  const flat = new Float32Array(layout.total)
  const { width } = layout.spec
  for (const { name, start, length, rows, columns } of layout.regions) {
    let bound = 0
    if (name.startsWith('embedding') || name === 'mask') bound = 1 / Math.sqrt(width)
    else if (name.endsWith('/gain')) flat.fill(1, start, start + length)
    else if (name === 'classes' || name === 'reconstruction') bound = 1 / Math.sqrt(rows)
    else if (rows > 1) bound = Math.sqrt(6 / (rows + columns))
    if (bound > 0) for (let i = start; i < start + length; i++) flat[i] = bound * (2 * rng.uniform() - 1)
  }
  return flat
}

/** 1 where decoupled weight decay acts: on matrices, not on biases, gains and the mask vector. */
export function decayedParameters(layout: TransformerLayout): Uint8Array {
  const mask = new Uint8Array(layout.total)
  for (const { name, start, length, rows } of layout.regions)
    if (rows > 1 && !name.endsWith('/bias')) mask.fill(1, start, start + length)
  return mask
}
