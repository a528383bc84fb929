import type { FitKind } from '../analysis/top-pair/fit/fit-setup.ts'
import { networkTasks } from '../analysis/top-pair/ratios/network-tasks.ts'
import { AppError } from '../errors.ts'
import { networkKey } from './fit-keys.ts'
import type { FitNetworks } from './fit-networks.ts'
import type { FitRunner, Slot } from './fit-runner.ts'
import { toyName, type FitState, type ToyHypothesis, type ToyResult } from './fit-state.ts'
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
