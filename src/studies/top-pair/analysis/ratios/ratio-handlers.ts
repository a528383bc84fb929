import { featureMatrix, type EventTable } from '../../../../generator/event-table.ts'
import { featureSets } from '../../../../generator/observables.ts'
import type { BackendOptions } from '../../../../ml/backends.ts'
import type { RatioPredictor } from '../../../../ml/ratio/kernel-prediction.ts'
import type { RatioNetwork } from '../../../../ml/ratio/ratio-network.ts'
import { ratioPresets } from '../../../../ml/ratio/ratio-presets.ts'
import type { FitJobs, RatioDiagnostics, TrainedNetwork, TrainNetworkEvent } from '../fit/fit-jobs.ts'
import type { FitSetup } from '../fit/fit-setup.ts'
import { learnedRatios } from './learned-ratios.ts'
import { loadNetworks } from './load-networks.ts'
import { networkModelFiles, taskCard } from './network-model-files.ts'
import { setupTerms, termVanishes } from './network-tasks.ts'
import { trainRatioJob, type AfterRatioStep } from './ratio-job.ts'
import { comparePartonRatios, compareRatios, partonRatios } from './ratio-report.ts'
import { smWeights, termWeights } from './ratio-sample.ts'
import { parseRatioTerm, termIndex } from './ratio-terms.ts'
import { setupProcess } from '../fit/setup-process.ts'
import { calibrationSample, networkSeed, sampleKey, testSample, trainingSample } from './training-sample.ts'

/** Steps are reported this far apart [ms]: every report wakes the page. */
const stepReportMs = 100

/** Points of the scatter plot of learned against exact. */
const scatterPoints = 2000

/** Training and diagnosis of ratio networks in a worker, which keeps the events it made last. */
export function createRatioHandlers(backendOptions: BackendOptions, afterStep?: AfterRatioStep) {
  const training = createSampleShelf()
  const calibrating = createSampleShelf()
  const testing = createSampleShelf()

  return {
    async *'train-ratio'({
      setup,
      task,
      backend,
      resumeFrom,
    }: FitJobs['train-ratio']['request']): AsyncGenerator<
      TrainNetworkEvent | undefined,
      TrainedNetwork,
      void
    > {
      const preset = ratioPresets[setup.preset]
      const key = sampleKey(setup, task.replica)
      const filling = training.get(key, () => trainingSample(setup, task.replica))
      let filled = filling.next()
      for (; !filled.done; filled = filling.next()) yield { kind: 'sample', fraction: filled.value }
      const started = performance.now()
      const job = trainRatioJob(
        {
          events: filled.value,
          terms: task.terms,
          replica: task.replica,
          preset,
          changes: {
            seed: networkSeed(setup, task),
            ...(setup.epochs !== null && { epochs: setup.epochs }),
          },
          backend,
          exactPlane: setup.selection === 'none' ? setupProcess(setup) : null,
          dataKey: key,
          resumeFrom,
          ...(setup.recalibrate && {
            calibrationEvents: () => calibrating.get(key, () => calibrationSample(setup, task.replica)),
          }),
        },
        backendOptions,
        afterStep,
      )
      let shown = -Infinity
      try {
        for (;;) {
          const next = await job.next()
          if (next.done) {
            const { network, parameters, bestEpoch, validationLoss, stoppedEarly, history } = next.value
            const { card } = await networkModelFiles(next.value, taskCard(setup, task, filled.value.rows))
            return {
              task,
              network,
              parameters,
              bestEpoch,
              validationLoss,
              stoppedEarly,
              history,
              backend: next.value.backend,
              seconds: (performance.now() - started) / 1000,
              card,
            }
          }
          const now = performance.now()
          const worth = next.value.kind !== 'step' || now - shown >= stepReportMs
          if (worth) shown = now
          yield worth ? next.value : undefined
        }
      } finally {
        await job.return(undefined as never)
      }
    },

    'load-networks': async ({ setup, files }: FitJobs['load-networks']['request']) => {
      const { networks } = await loadNetworks(files, setup, { trustCards: false })
      return networks
    },

    *'ratio-diagnostics'({
      setup,
      networks,
      term,
    }: FitJobs['ratio-diagnostics']['request']): Generator<number | undefined, RatioDiagnostics> {
      const key = sampleKey(setup, 'test')
      const filling = testing.get(key, () => testSample(setup))
      let filled = filling.next()
      for (; !filled.done; filled = filling.next()) yield 0.9 * filled.value
      const events = filled.value
      const known = networks.map(({ network }) => network).filter(({ terms }) => terms.includes(term))
      const names = featureSets[ratioPresets[setup.preset].features]
      const features = { names, values: featureMatrix(events, names) }
      const { median, spread, replicas } = learnedRatios(known, features)(term)
      yield 0.95
      return {
        term,
        replicas,
        parton: partonPart(setup, known, term),
        events: compareRatios(events, features, median, term),
        scatter: scatter(events, term, median, spread),
      }
    },
  }
}

/**
 * All terms of the set-up side by side, the SM's 1 first; terms that vanish and have no network are 0.
 *
 * @returns [rows, 1 + terms] each
 */
export function ratioTable(
  setup: Pick<FitSetup, 'operators' | 'mode'>,
  networks: readonly Pick<TrainedNetwork, 'network'>[],
  features: { names: readonly string[]; values: Float32Array },
  run?: RatioPredictor,
): { ratios: Float64Array; spread: Float64Array } {
  const terms = setupTerms(setup)
  const width = 1 + terms.length
  const rows = features.values.length / features.names.length
  const ratios = new Float64Array(rows * width)
  const spread = new Float64Array(rows * width)
  for (let i = 0; i < rows; i++) ratios[i * width] = 1
  const learnedOf = learnedRatios(
    networks.map(({ network }) => network),
    features,
    run,
  )
  terms.forEach((term, t) => {
    if (termVanishes(term) && !networks.some(({ network }) => network.terms.includes(term))) return
    const learned = learnedOf(term)
    for (let i = 0; i < rows; i++) {
      ratios[i * width + 1 + t] = learned.median[i]
      spread[i * width + 1 + t] = learned.spread[i]
    }
  })
  return { ratios, spread }
}

/** After cuts the plane of m_tt and y_tt has no exact ratio in closed form, and a ratio of 0 has no distance: none is shown. */
function partonPart(setup: FitSetup, networks: RatioNetwork[], term: string): RatioDiagnostics['parton'] {
  const { features } = ratioPresets[setup.preset]
  if (features !== 'parton' || setup.selection !== 'none' || termVanishes(term)) return null
  const ratios = partonRatios(setupProcess(setup), networks, term)
  return { ratios, comparison: comparePartonRatios(ratios) }
}

/** Events evenly spaced in SM weight, so that their density is that of the SM. */
function scatter(
  events: EventTable,
  term: string,
  median: Float64Array,
  spread: Float64Array,
): RatioDiagnostics['scatter'] {
  const sm = smWeights(events)
  const exact = termWeights(events, termIndex(events.operators, parseRatioTerm(term)))
  const total = sm.reduce((sum, w) => sum + w, 0)
  const rows: number[] = []
  let below = 0
  for (let i = 0; i < events.rows; i++) {
    below += sm[i]
    if (below >= ((rows.length + 0.5) * total) / scatterPoints) rows.push(i)
  }
  const pick = (value: (i: number) => number): Float64Array => Float64Array.from(rows, value)
  return {
    learned: pick((i) => median[i]),
    spread: pick((i) => spread[i]),
    exact: pick((i) => exact[i] / sm[i]),
  }
}

/** Keeps one table: the jobs of a set-up that follow each other in a worker share it. */
function createSampleShelf() {
  let kept: { key: string; table: EventTable } | null = null
  return {
    *get(key: string, make: () => Generator<number, EventTable>): Generator<number, EventTable> {
      if (kept?.key === key) return kept.table
      kept = null // two large tables at once are too many
      const table = yield* make()
      kept = { key, table }
      return table
    },
  }
}
