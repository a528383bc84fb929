import type { ParameterSummary } from '../../../statistics/posterior/summary.ts'
import type { FitData, FitOutcome, TrainedNetwork } from '../analysis/fit/fit-jobs.ts'
import type { FitSetup } from '../analysis/fit/fit-setup.ts'
import type { DipoleScale } from './dipole-option.ts'
import { truthIn } from './fit-convention.ts'
import { networkReport } from './fit-networks.ts'

/** What a fit answers, as JSON. */
export function report(
  outcome: FitOutcome,
  setup: FitSetup,
  data: FitData,
  networks: TrainedNetwork[],
  dipole: DipoleScale,
) {
  return {
    mode: outcome.kind,
    polynomial: setup.mode,
    ctG: dipole.convention,
    truth: data.source === 'simulated' ? truthIn(setup.truth, 1 / dipole.factor) : null,
    events: data.events,
    luminosityInvPb: data.luminosityInvPb,
    seed: setup.seed,
    names: outcome.names,
    parameters: outcome.summaries.map(parameterReport),
    modes: outcome.modes.map(({ mass, at, mean, standardDeviation }) => ({
      mass,
      at: Array.from(at),
      mean: Array.from(mean),
      standardDeviation: Array.from(standardDeviation),
    })),
    best: { theta: Array.from(outcome.best.theta), logL: outcome.best.logL },
    logZ: outcome.logZ,
    logZErr: outcome.logZError,
    gridLogZ: outcome.gridLogZ,
    ess: outcome.ess,
    insertionPull: outcome.insertionPull,
    calls: outcome.calls,
    deltaChi2: Object.fromEntries(
      outcome.deltaChi2.map(({ hypothesis, result }) => [hypothesis, result] as const),
    ),
    flooredEvents: outcome.flooredEvents,
    networks: networks.map(networkReport),
    seconds: outcome.seconds,
    converged: outcome.converged,
  }
}

function parameterReport({ name, mean, standardDeviation, median, warning, ...sets }: ParameterSummary) {
  const ends = ({ low, high }: { low: number; high: number }): [number, number] => [low, high]
  return {
    name,
    mean,
    standardDeviation,
    median,
    hpd: Object.fromEntries(
      sets.highestDensity.map(({ probability, segments }) => [probability, segments.map(ends)] as const),
    ),
    eti: Object.fromEntries(sets.equalTailed.map((segment) => [segment.mass, ends(segment)] as const)),
    modes: sets.modes,
    warning,
  }
}

/** Equal fits give equal files: how long they took, and where they lie, stand on the screen only. */
export function answerText(answer: {
  networks: object[]
  files: string[]
  region: { seconds: number } | null
}): string {
  const lasting = {
    ...answer,
    seconds: undefined,
    files: undefined,
    networks: answer.networks.map((network) => ({ ...network, seconds: undefined })),
    region: answer.region && { ...answer.region, seconds: undefined },
  }
  return `${JSON.stringify(lasting, null, 2)}\n`
}
