import type { DetectorSettings, Selection } from '../../../../generator/detector.ts'
import type { EventTable } from '../../../../generator/event-table.ts'
import { featureSets } from '../../../../generator/observables.ts'
import { ratioPresets, type RatioPreset } from '../../../../ml/ratio/ratio-presets.ts'
import { createRng } from '../../../../numerics/rng.ts'
import type { TopPairProcess } from '../../../../physics/top-pair/hadronic.ts'
import type { FitSetup, NetworkTask } from '../fit/fit-setup.ts'
import { generateSample } from '../generate-sample.ts'
import { setupDetector, setupProcess, setupSelections } from '../fit/setup-process.ts'

/** Phase-space points to compare learned with exact ratios on. */
export const testPoints = 60_000

/** Events to train on or to test with; the ratios they teach are those of the rates after the same cuts. */
export interface WeightedSampleRequest {
  process: TopPairProcess
  features: RatioPreset['features']
  points: number
  seed: number
  detector: DetectorSettings | null
  selection: Selection | null
}

export function* weightedSample(request: WeightedSampleRequest): Generator<number, EventTable> {
  const { features, ...rest } = request
  const run = generateSample({ ...rest, observables: featureSets[features], unweightAt: null })
  for (;;) {
    const step = run.next()
    if (step.done) return step.value.table
    yield step.value.fraction
  }
}

/** What the events of a set-up depend on, beside the replica. */
type SampleSetup = Pick<
  FitSetup,
  'operators' | 'sqrtSGeV' | 'mttMinGeV' | 'selection' | 'smearing' | 'preset' | 'trainingPoints' | 'seed'
>

/** A whole number from the seed of a set-up and a name, as different for neighbouring replicas as for any two. */
export function namedSeed(seed: number, ...path: (string | number)[]): number {
  return path.reduce((rng, name) => rng.split(name), createRng(seed)).integer(2 ** 31)
}

/** Start, division and batches of one network. */
export function networkSeed(setup: Pick<FitSetup, 'seed'>, { terms, replica }: NetworkTask): number {
  return namedSeed(setup.seed, 'network', replica, terms.join())
}

/** Of the events of one replica, with the columns of the preset. */
export function trainingRequest(setup: SampleSetup, replica: number): WeightedSampleRequest {
  return requestOf(setup, trainingPoints(setup), namedSeed(setup.seed, 'training', replica))
}

/** Weighted events of one replica. */
export function trainingSample(setup: SampleSetup, replica: number): Generator<number, EventTable> {
  return weightedSample(trainingRequest(setup, replica))
}

/** A small training is recalibrated on more events than it had, up to so many points: they cost less than a network. */
const calibrationPoints = 100_000

/** Of the events on which the classifiers of one replica are recalibrated. */
export function calibrationRequest(setup: SampleSetup, replica: number): WeightedSampleRequest {
  const points = pointsToRecalibrate(trainingPoints(setup))
  return requestOf(setup, points, namedSeed(setup.seed, 'calibration', replica))
}

/** Weighted events on which the classifiers of one replica are recalibrated. */
export function calibrationSample(setup: SampleSetup, replica: number): Generator<number, EventTable> {
  return weightedSample(calibrationRequest(setup, replica))
}

/** @param training  phase-space points that the network learned from */
export function pointsToRecalibrate(training: number): number {
  return Math.max(training, Math.min(calibrationPoints, 5 * training))
}

const trainingPoints = (setup: SampleSetup): number =>
  setup.trainingPoints ?? ratioPresets[setup.preset].events

/** Events that no network is trained on. */
export function* testSample(setup: SampleSetup): Generator<number, EventTable> {
  return yield* weightedSample(requestOf(setup, testPoints, namedSeed(setup.seed, 'test')))
}

function requestOf(setup: SampleSetup, points: number, seed: number): WeightedSampleRequest {
  return {
    process: setupProcess(setup),
    features: ratioPresets[setup.preset].features,
    points,
    seed,
    detector: setupDetector(setup),
    selection: setupSelections[setup.selection],
  }
}

/** Equal keys mean equal events. */
export function sampleKey(setup: SampleSetup, replica: number | 'test'): string {
  const { operators, sqrtSGeV, mttMinGeV, selection, smearing, preset, seed } = setup
  const points = replica === 'test' ? testPoints : trainingPoints(setup)
  const { features } = ratioPresets[preset]
  return [
    operators.join('+'),
    sqrtSGeV,
    mttMinGeV,
    selection,
    smearing,
    features,
    points,
    seed,
    replica,
  ].join('/')
}
