import type { FitIntent } from '../intent.ts'
import type { FitKind, NetworkTask } from '../analysis/fit/fit-setup.ts'

/**
 * What a network depends on: not the observed events, nor how they are fitted. Changing those keeps it.
 * The text before "#" names the family in the checkpoint store.
 */
export function networkKey(setup: FitIntent, task: NetworkTask): string {
  const { operators, sqrtSGeV, mttMinGeV, selection, smearing, preset, trainingPoints, epochs, seed } = setup
  const family = {
    ...{ operators, sqrtSGeV, mttMinGeV, selection, smearing, preset, trainingPoints, epochs, seed },
    recalibrate: setup.recalibrate,
  }
  return `fit/${JSON.stringify(family)}#${task.terms.join()}/${task.replica}`
}

/** What the observed events and their prediction depend on. */
export function dataKey(setup: FitIntent, droppedHash: string): string {
  const { operators, mode, sqrtSGeV, mttMinGeV, selection, smearing, preset } = setup
  const { truth, observedEvents, poisson, luminosityInvPb, binning, seed } = setup
  return JSON.stringify([
    ...['data', operators, mode, sqrtSGeV, mttMinGeV, selection, smearing, preset],
    ...[truth, observedEvents, poisson, luminosityInvPb, binning, seed, droppedHash],
  ])
}

/** Cells of calibrated ratios are laid for the box of the prior. */
export function ratiosKey(
  { calibratedRatios, priorHalfWidth }: Pick<FitIntent, 'calibratedRatios' | 'priorHalfWidth'>,
  data: string,
  networks: readonly string[],
): string {
  return JSON.stringify(['ratios', data, networks, calibratedRatios ? priorHalfWidth : 'as learned'])
}

/** @param learned  key of the learned ratios, for 'unbinned' */
export function fitKey(setup: FitIntent, kind: FitKind, data: string, learned: string): string {
  const { luminosity, priorHalfWidth, livePoints, binned } = setup
  return JSON.stringify([
    ...['fit', kind, data, luminosity, priorHalfWidth, livePoints],
    ...[kind === 'binned' ? binned : '', kind === 'unbinned' ? learned : ''],
  ])
}

/**
 * @param name     kind and hypothesis, as toyName says
 * @param outcome  key of the fit that they are compared with
 */
export const toysKey = (name: string, outcome: string): string => JSON.stringify([name, outcome])

/** @param test  of toys of the set-up itself: no observed events are in it */
export const calibrationKey = (kind: FitKind, test: string, setup: FitIntent): string =>
  JSON.stringify([`${kind}/${test}`, setup])

export const regionKey = (kind: FitKind, outcome: string): string => JSON.stringify([kind, outcome])
