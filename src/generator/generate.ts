import { AppError } from '../errors.ts'
import { createRng } from '../numerics/rng.ts'
import { decayMatrix } from '../physics/top-pair/decay-matrix.ts'
import { createDecayAngles, drawDecay, momentumCount, placeMomenta } from './decay.ts'
import { checkDetector, passes, smear, type DetectorSettings, type Selection } from './detector.ts'
import { concatenateTables, emptyTable, selectRows, type EventTable } from './event-table.ts'
import {
  observableAt,
  observableCount,
  reconstructedObservables,
  trueObservables,
  type ObservableName,
} from './observables.ts'
import type { Production, TopPairSampler } from './sampler.ts'

/** Points per stream of random numbers: the unit in which work is divided. */
export const pointsPerBlock = 4096

export interface GenerateOptions {
  /** Points to draw in total; weights are divided by this number. */
  points: number
  seed: number
  observables: readonly ObservableName[]
  detector?: DetectorSettings | null
  selection?: Selection | null
  /** Half-open range of blocks that this call makes; all of them by default. */
  blocks?: readonly [from: number, to: number]
}

export interface GenerationReport {
  points: number
  pointsTotal: number
  /** Events kept so far. */
  accepted: number
}

export function blockCount(points: number): number {
  return Math.ceil(points / pointsPerBlock)
}

/**
 * Weighted events of p p -> t tbar -> b l+ nu bbar l- nubar. Block k uses the stream split('events').split(k) of the seed, so
 * that joining the blocks made by any number of workers gives the same table to the last bit. Yields after each block.
 *
 * @throws AppError 'input/invalid' for a count of points that is no positive integer
 */
export function* generateEvents(
  sampler: TopPairSampler,
  options: GenerateOptions,
): Generator<GenerationReport, EventTable> {
  const { points, seed, observables } = options
  if (!Number.isSafeInteger(points) || points < 1)
    throw new AppError('input/invalid', `The number of points is ${points}, must be a whole number >= 1.`)
  if (options.detector) checkDetector(options.detector)
  const [from, to] = options.blocks ?? [0, blockCount(points)]
  const streams = createRng(seed).split('events')
  const tables: EventTable[] = [emptyTable(sampler.process.operators, observables, 0)]
  const pointsTotal = Math.min(points, to * pointsPerBlock) - from * pointsPerBlock
  const fill = createBlockMaker(sampler, options)
  let done = 0
  let accepted = 0
  for (let block = from; block < to; block++) {
    const count = Math.min(pointsPerBlock, points - block * pointsPerBlock)
    const table = fill(streams.split(block), count)
    tables.push(table)
    done += count
    accepted += table.rows
    yield { points: done, pointsTotal, accepted }
  }
  return concatenateTables(tables)
}

function createBlockMaker(sampler: TopPairSampler, options: GenerateOptions) {
  const { process } = sampler
  const { mTop, mW } = process.parameters
  const { observables, detector = null, selection = null } = options
  const sources = observables.map((name) => observableAt[name])
  const needsMomenta = selection !== null || sources.some((index) => index >= observableAt.pt_l1)
  const scale = (detector?.efficiency ?? 1) / options.points
  const point: Production = { mtt: 0, y: 0, c: 0, jacobian: 0 }
  const frame = { mTop, mW, mtt: 0, y: 0, c: 0 }
  const angles = createDecayAngles()
  const momenta = new Float64Array(momentumCount)
  const missing = new Float64Array(2)
  const d = new Float64Array(16)
  const values = new Float64Array(observableCount)

  return (rng: ReturnType<typeof createRng>, count: number): EventTable => {
    const table = emptyTable(process.operators, observables, count)
    const outputs = observables.map((name) => table.columns[name]!)
    let row = 0
    for (let i = 0; i < count; i++) {
      sampler.draw(rng, point)
      drawDecay(rng, mTop, mW, angles)
      trueObservables(point, angles, mTop, values)
      if (needsMomenta) {
        frame.mtt = point.mtt
        frame.y = point.y
        frame.c = point.c
        placeMomenta(frame, angles, momenta)
        missing[0] = momenta[5] + momenta[17]
        missing[1] = momenta[6] + momenta[18]
        if (detector) smear(momenta, detector, rng, missing)
        reconstructedObservables(momenta, missing[0], missing[1], values)
        if (selection && !passes(values, selection)) continue
      }
      const { plus, minus } = angles
      decayMatrix(plus[0], plus[1], plus[2], minus[0], minus[1], minus[2], d)
      point.jacobian *= scale
      sampler.weigh(point, d, table.weights, row * table.terms)
      // Beyond the end of the densities there is no rate and no ratio to the SM: no event.
      if (table.weights[row * table.terms] === 0) continue
      for (let k = 0; k < sources.length; k++) outputs[k][row] = values[sources[k]]
      row++
    }
    return row === count ? table : { ...selectRows(table, range(row)), points: count }
  }
}

function range(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i)
}
