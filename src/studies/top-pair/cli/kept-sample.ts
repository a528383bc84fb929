import { inSteps, type ResumableRun, type Sections } from '../../../cli/resumable-run.ts'
import { AppError } from '../../../errors.ts'
import { concatenateTables, emptyTable, type EventTable } from '../../../generator/event-table.ts'
import { blockCount, generateEvents, pointsPerBlock } from '../../../generator/generate.ts'
import { featureSets } from '../../../generator/observables.ts'
import { adaptSampler, type TopPairSampler } from '../../../generator/sampler.ts'
import { createRng } from '../../../numerics/rng.ts'
import type { WeightedSampleRequest } from '../analysis/ratios/training-sample.ts'

/** Weighted events whose blocks are kept while they are made. */
export interface KeptSample {
  /** Share done after each block; the table is that of weightedSample to the bit, whatever was made before. */
  make(): Generator<number, EventTable>
  /** The blocks made so far. */
  sections(): Sections
}

/** Events are Float64 after a count of rows of the same size, so that they are read where they lie. */
const rowsBytes = 8

/**
 * A sample that goes on from the blocks that an interrupted run had made. Only the grid is adapted again, about a second of
 * processor time.
 *
 * @param name    of its sections, which are numbered behind it
 * @param stored  sections of the interrupted run, others among them
 * @throws AppError 'data/corrupt' from make for a block of another length than its rows have
 */
export function keptSample(
  request: WeightedSampleRequest,
  name: string,
  stored: Readonly<Sections>,
): KeptSample {
  const { process, points, seed, features, detector, selection } = request
  const observables = featureSets[features]
  const count = blockCount(points)
  const blocks: Uint8Array[] = []
  while (blocks.length < count && Object.hasOwn(stored, `${name}-${blocks.length}`))
    blocks.push(stored[`${name}-${blocks.length}`])

  const blockPoints = (block: number): number => Math.min(pointsPerBlock, points - block * pointsPerBlock)
  const read = (bytes: Uint8Array, block: number): EventTable =>
    readBlock(bytes, emptyTable(process.operators, observables, 0), blockPoints(block), `${name}-${block}`)

  function* adapted(): Generator<number, TopPairSampler> {
    const adaptation = adaptSampler(process, createRng(seed).split('adapt'))
    for (;;) {
      const step = adaptation.next()
      if (step.done) return step.value
      yield blocks.length / count
    }
  }

  return {
    sections: () => Object.fromEntries(blocks.map((bytes, block) => [`${name}-${block}`, bytes])),
    *make() {
      if (blocks.length < count) {
        const sampler = yield* adapted()
        while (blocks.length < count) {
          const range = [blocks.length, blocks.length + 1] as const
          const run = generateEvents(sampler, {
            ...{ points, seed, observables, detector, selection, blocks: range },
          })
          let step = run.next()
          while (!step.done) step = run.next()
          blocks.push(blockBytes(step.value))
          yield blocks.length / count
        }
      }
      return concatenateTables(blocks.map(read))
    },
  }
}

/** Makes the events of a sample as part of a run that may be stopped at any block, and keeps what was stored beside them. */
export function makeKept(
  sample: KeptSample,
  part: string,
  run: ResumableRun,
  beside: () => Sections,
): Promise<EventTable> {
  return inSteps(sample.make(), part, run, () => ({ ...beside(), ...sample.sections() }))
}

/** A count of rows, their weights, their columns one after the other. */
function blockBytes({ rows, weights, columns }: EventTable): Uint8Array {
  const arrays = [Float64Array.of(rows), weights, ...Object.values(columns)]
  const bytes = new Uint8Array(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += byteLength
  }
  return bytes
}

/** @param empty  a table with the operators and columns of the block */
function readBlock(bytes: Uint8Array, empty: EventTable, points: number, name: string): EventTable {
  const { terms, columns } = empty
  const names = Object.keys(columns) as (keyof typeof columns)[]
  // Sections of a checkpoint begin anywhere, arrays of eight bytes where eight divides.
  const whole = bytes.byteOffset % rowsBytes === 0 ? bytes : bytes.slice()
  const { buffer, byteOffset, byteLength } = whole
  const rows = byteLength < rowsBytes ? NaN : new Float64Array(buffer, byteOffset, 1)[0]
  const expected = rowsBytes + rows * (8 * terms + 4 * names.length)
  if (expected !== byteLength || rows > points)
    throw new AppError(
      'data/corrupt',
      `Part ${name} of the checkpoint has ${byteLength} bytes, ${rows} events of ${terms} terms and ${names.length} columns have ${expected}. Remove the checkpoint and start anew.`,
    )
  const weights = new Float64Array(buffer, byteOffset + rowsBytes, rows * terms)
  const from = byteOffset + rowsBytes + weights.byteLength
  const read = names.map(
    (column, k) => [column, new Float32Array(buffer, from + 4 * k * rows, rows)] as const,
  )
  return { ...empty, rows, points, weights, columns: Object.fromEntries(read) }
}
