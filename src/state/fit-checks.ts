import type { FitOutcome, ToyRegion } from '../analysis/top-pair/fit/fit-jobs.ts'
import type { FitKind } from '../analysis/top-pair/fit/fit-setup.ts'
import { networkTasks } from '../analysis/top-pair/ratios/network-tasks.ts'
import { AppError } from '../errors.ts'
import type { FitIntent } from '../share/fit-schema.ts'
import { networkKey } from './fit-keys.ts'
import type { FitNetworks } from './fit-networks.ts'
import type { FitRunner, Slot } from './fit-runner.ts'
import { toyName, type FitState, type Keyed, type ToyHypothesis, type ToyResult } from './fit-state.ts'
import { idle } from './loadable.ts'

type Diagnostics = FitState['diagnostics'][string]
type Calibration = FitState['calibration'][string]

/** What is asked of finished networks and fits: are the ratios right, are the intervals? */
export function createFitChecks(runner: FitRunner, networks: FitNetworks) {
  const { fit, update, work, make } = runner

  return {
    /** Learned against exact for one term, on events that no network was trained on. */
    diagnose: (term: string) =>
      runner.activity(async (signal) => {
        const setup = runner.setup()
        const own = networkTasks(setup).map((task) => networkKey(setup, task))
        const known = fit()
          .networks.filter(({ key, network }) => own.includes(key) && network?.task.terms.includes(term))
          .flatMap(({ network }) => network ?? [])
        const key = JSON.stringify([term, own, known.map(({ task }) => task.replica)])
        const slot: Slot<NonNullable<Diagnostics['value']>> = {
          get: () => fit().diagnostics[term] ?? idle,
          set: (value) => update({ diagnostics: { ...fit().diagnostics, [term]: value } }),
        }
        const before = slot.get()
        if (known.length === 0 || before.status === 'running' || before.value?.key === key) return
        await make(slot, `Comparing ${term} with exact ratios`, async (onFraction) => {
          const request = { setup, networks: known, term }
          return { key, setup, value: await work('ratio-diagnostics', request, signal, onFraction) }
        })
      }),
    /** Delta chi2 of the SM, or of the truth, under toys of the same. */
    toys: (kind: FitKind, hypothesis: ToyHypothesis, toys: number) =>
      runner.activity(async (signal) => {
        const { outcome } = fit().fits[kind]
        const data = fit().data.value
        if (!outcome || !data) return
        const { setup, key } = outcome
        const name = toyName(kind, hypothesis)
        const slot: Slot<ToyResult> = {
          get: () => fit().toys[name] ?? idle,
          set: (value) => update({ toys: { ...fit().toys, [name]: value } }),
        }
        await make(slot, `${toys} toys of the ${hypothesis}, ${kind}`, async (onFraction) => {
          const known = kind === 'unbinned' ? (networks.trained(setup) ?? []) : []
          const at = hypothesis === 'SM' ? undefined : setup.operators.map((each) => setup.truth[each] ?? 0)
          const request = { setup, data: data.value, kind, networks: known, toys, at }
          const { values } = await work('toy-delta-chi2', request, signal, onFraction)
          return { values, key }
        })
      }),
    /** Neyman's construction about the posterior of one or two coefficients. */
    region: (kind: FitKind, toys: number) =>
      runner.activity(async (signal) => {
        const { outcome } = fit().fits[kind]
        const data = fit().data.value
        if (!outcome || !data || fit().regions[kind]?.status === 'running') return
        const { setup, key, value: posterior } = outcome
        const slot: Slot<Keyed<ToyRegion>> = {
          get: () => fit().regions[kind] ?? idle,
          set: (value) => update({ regions: { ...fit().regions, [kind]: value } }),
        }
        await make(slot, `${toys} toys at each point, ${kind}`, async (onFraction) => {
          const known = kind === 'unbinned' ? (networks.trained(setup) ?? []) : []
          const ratios = kind === 'unbinned' ? (fit().ratios.value?.value.ratios ?? null) : null
          const request = {
            ...{ setup, data: data.value, kind, networks: known, ratios, toys },
            box: boxAbout(posterior, setup),
            pointsPerAxis: setup.operators.length === 1 ? 41 : 15,
          }
          return { key, setup, value: await work('toy-region', request, signal, onFraction) }
        })
      }),
    /** Does the truth lie in the intervals as often as they say? */
    calibrate: (kind: FitKind, test: 'coverage' | 'sbc', toys: number) =>
      runner.activity(async (signal) => {
        const setup = runner.setup()
        const name = `${kind}/${test}`
        const slot: Slot<NonNullable<Calibration['value']>> = {
          get: () => fit().calibration[name] ?? idle,
          set: (value) => update({ calibration: { ...fit().calibration, [name]: value } }),
        }
        if (slot.get().status === 'running') return
        const label = test === 'coverage' ? 'Coverage of toys' : 'Ranks of simulated truths'
        await make(slot, label, async (onFraction) => {
          const known = kind === 'unbinned' ? await networks.ensure(setup, signal) : []
          if (!known) throw new AppError('model/mismatch', 'Some networks failed: train them first.')
          const request = { setup, kind, networks: known, test, toys }
          const value = await work('calibrate-fit', request, signal, onFraction)
          return { key: JSON.stringify([name, setup]), setup, value }
        })
      }),
  }
}

/** The 99 % sets of the posterior and half as much on both sides, within the prior. */
function boxAbout(
  { summaries }: Pick<FitOutcome, 'summaries'>,
  { operators, priorHalfWidth }: FitIntent,
): { min: number[]; max: number[] } {
  const sides = operators.map((name) => {
    const segments = summaries.find((summary) => summary.name === name)?.highestDensity.at(-1)?.segments ?? []
    const low = Math.min(...segments.map((segment) => segment.low))
    const high = Math.max(...segments.map((segment) => segment.high))
    const room = 0.5 * (high - low)
    return [Math.max(-priorHalfWidth, low - room), Math.min(priorHalfWidth, high + room)]
  })
  return { min: sides.map(([low]) => low), max: sides.map(([, high]) => high) }
}
