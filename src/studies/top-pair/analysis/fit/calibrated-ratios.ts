import { concatenateTables, featureMatrix, type EventTable } from '../../../../generator/event-table.ts'
import { blockCount, generateEvents } from '../../../../generator/generate.ts'
import { featureSets } from '../../../../generator/observables.ts'
import { adaptSampler } from '../../../../generator/sampler.ts'
import { loadKernels } from '../../../../kernels/load-kernels.ts'
import { createKernelPredictor, type RatioPredictor } from '../../../../ml/ratio/kernel-prediction.ts'
import { ratioPresets } from '../../../../ml/ratio/ratio-presets.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { sha256Hex } from '../../../../numerics/sha256.ts'
import {
  buildCells,
  createCellSums,
  ratiosByCell,
  type CellOptions,
  type RatioCells,
} from '../../../../statistics/ratio-cells.ts'
import { ratioTable } from '../ratios/ratio-handlers.ts'
import { termWeights } from '../ratios/ratio-sample.ts'
import { namedSeed } from '../ratios/training-sample.ts'
import { truncated } from './fit-data.ts'
import type { FitJobs, PredictedRatios, RatioCalibration, TrainedNetwork } from './fit-jobs.ts'
import type { FitSetup } from './fit-setup.ts'
import { setupDetector, setupProcess, setupSelections } from './setup-process.ts'

/**
 * Simulated points per observed event: the ratios of the cells are then known ten times better than the data can tell, and the
 * shift of a fit by their Monte Carlo error is a fifth of its standard deviation or less.
 */
const pointsPerEvent = 100
const fewestPoints = 200_000
const mostPoints = 2_000_000

/**
 * m_tt and y_tt alone hardly tell td8 from tq8, while the weights of events know them apart by all angles: their noise, averaged over
 * too few events, would outweigh what the features know. Points are quick there, and fewer cells do for two features.
 */
const parton = { pointsPerEvent: 400, mostPoints: 5_000_000, mostCells: 200 }

/** Events whose learned ratios decide on the cells. */
const structureRows = 60_000
const rowsPerCell = 20

/** Simulated events per cell, on average: with fewer, noise in their ratios would pass for information. */
const eventsPerCell = 500
const fewestCells = 20
const mostCells = 1000

/** Points generated at a time. */
const blocksAtOnce = 16

export type CalibrationOf = (
  setup: FitSetup,
  networks: readonly TrainedNetwork[],
) => AsyncGenerator<number, RatioCalibration | null, void>

/** Cells for the networks of a set-up, or null where ratios are to be taken as learned; the last ones are kept. */
export function createCalibrationStore(): CalibrationOf {
  let last: { key: string; calibration: RatioCalibration } | null = null
  return async function* (setup, networks) {
    if (!setup.calibratedRatios) return null
    const key = await calibrationKey(setup, networks)
    if (last?.key === key) return last.calibration
    const run = createKernelPredictor(await loadKernels())
    const calibration = yield* calibrateRatios(setup, networks, run)
    last = { key, calibration }
    return calibration
  }
}

async function calibrationKey(setup: FitSetup, networks: readonly TrainedNetwork[]): Promise<string> {
  const { operators, mode, sqrtSGeV, mttMinGeV, selection, smearing, observedEvents } = setup
  const { priorHalfWidth, preset, seed } = setup
  const settings = [operators, mode, sqrtSGeV, mttMinGeV, selection, smearing, observedEvents]
  const learned = networks.map(({ network: { mlp, ...rest } }) => [
    rest,
    mlp.layers.map(({ kernel, bias }) => [Array.from(kernel), Array.from(bias)]),
  ])
  const text = JSON.stringify([settings, priorHalfWidth, preset, seed, learned])
  return sha256Hex(new TextEncoder().encode(text))
}

/**
 * Simulates events that no network, no prediction and no data knows of, divides them by the learned ratios and sums their weights
 * cell by cell. Yields the fraction done.
 */
export function* calibrateRatios(
  setup: FitSetup,
  networks: readonly Pick<TrainedNetwork, 'network'>[],
  run?: RatioPredictor,
): Generator<number, RatioCalibration> {
  const names = featureSets[ratioPresets[setup.preset].features]
  const limits =
    ratioPresets[setup.preset].features === 'parton' ? parton : { pointsPerEvent, mostPoints, mostCells }
  const points = Math.max(
    fewestPoints,
    Math.min(limits.mostPoints, limits.pointsPerEvent * setup.observedEvents),
  )
  const learnedOf = (table: EventTable): Float64Array =>
    ratioTable(setup, networks, { names, values: featureMatrix(table, names) }, run).ratios
  const seed = namedSeed(setup.seed, 'cells')
  const adaptation = adaptSampler(setupProcess(setup), createRng(seed).split('adapt'))
  let adapted = adaptation.next()
  for (; !adapted.done; adapted = adaptation.next()) yield 0
  const blocks = blockCount(points)
  let waiting: EventTable[] = []
  let sums: ReturnType<typeof createCellSums> | null = null
  let events = 0
  for (let from = 0; from < blocks; from += blocksAtOnce) {
    const to = Math.min(blocks, from + blocksAtOnce)
    const generation = generateEvents(adapted.value, {
      points,
      seed,
      observables: names,
      detector: setupDetector(setup),
      selection: setupSelections[setup.selection],
      blocks: [from, to],
    })
    let step = generation.next()
    for (; !step.done; step = generation.next()) yield (from + 0.5 * (to - from)) / blocks
    waiting.push(step.value)
    events += step.value.rows
    const enough = events >= structureRows || to === blocks
    if (!sums && !enough) continue
    const table = concatenateTables(waiting)
    waiting = []
    const learned = learnedOf(table)
    const wanted = Math.round((events * blocks) / to / eventsPerCell)
    sums ??= createCellSums(
      buildCells(learned, termWeights(table, 0), {
        ...cellOptions(setup),
        cells: Math.max(fewestCells, Math.min(limits.mostCells, wanted)),
      }),
    )
    sums.add(learned, truncated(table, setup.mode))
    yield to / blocks
  }
  return { cells: sums!.finish(), points, events }
}

/** Scores at the SM, and half-way to the walls of the prior on both sides along each axis where squares are kept. */
function cellOptions({
  operators,
  mode: order,
  priorHalfWidth,
}: Pick<FitSetup, 'operators' | 'mode' | 'priorHalfWidth'>): Omit<CellOptions, 'cells'> {
  const n = operators.length
  const axis = (j: number, value: number): number[] => operators.map((_, k) => (k === j ? value : 0))
  const half = priorHalfWidth / 2
  const points = [axis(0, 0)]
  // At first order the SM's scores say all.
  if (order === 'quadratic') for (let j = 0; j < n; j++) points.push(axis(j, half), axis(j, -half))
  return { coefficients: n, order, points, rowsPerCell }
}

/** Learned ratios of events, by their cells where there are any. */
export function calibratedTable(
  setup: Pick<FitSetup, 'operators' | 'mode'>,
  networks: readonly Pick<TrainedNetwork, 'network'>[],
  features: { names: readonly string[]; values: Float32Array },
  cells: RatioCells | null,
  run?: RatioPredictor,
): Float64Array {
  const { ratios } = ratioTable(setup, networks, features, run)
  return cells ? ratiosByCell(cells, ratios) : ratios
}

/** The job 'predict-ratios'. */
export async function* predictRatiosOf(
  { setup, networks, features }: FitJobs['predict-ratios']['request'],
  calibrationOf: CalibrationOf,
): AsyncGenerator<number, PredictedRatios, void> {
  // First what is quick, so that networks that do not fit are refused at once.
  const { ratios, spread } = ratioTable(setup, networks, features)
  const calibration = yield* calibrationOf(setup, networks)
  if (!calibration) return { ratios, spread, calibration: null }
  const { cells, points, events } = calibration
  return {
    ratios: ratiosByCell(cells, ratios),
    spread,
    calibration: { cells: cells.tree.cells, points, events, medianEffectiveEvents: medianEvents(cells) },
  }
}

function medianEvents({ effectiveEvents }: RatioCells): number {
  return effectiveEvents.slice().sort()[effectiveEvents.length >> 1]
}
