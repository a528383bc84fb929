import type { CalibrationOutcome, FitOutcome, RatioDiagnostics, ToyRegion } from '../analysis/fit/fit-jobs.ts'
import { fitKinds, type FitKind } from '../analysis/fit/fit-setup.ts'
import { networkTasks } from '../analysis/ratios/network-tasks.ts'
import { AppError } from '../../../errors.ts'
import type { FitIntent } from '../intent.ts'
import { calibrationKey, regionKey, toysKey } from './fit-keys.ts'
import type { FitNetworks } from './fit-networks.ts'
import type { FitRunner } from './fit-runner.ts'
import { toyName, type Keyed, type ToyHypothesis, type ToyResult } from './fit-state.ts'
import { idle } from '../../../core/loadable.ts'
import { createProducts, type Making } from '../../../core/product.ts'

const calibrationTests = ['coverage', 'sbc'] as const

/** What is asked of finished networks and fits: are the ratios right, are the intervals? */
export function createFitChecks(runner: FitRunner, networks: FitNetworks) {
  const { fit, update, work, make, products } = runner

  const diagnosticsOf = createProducts<Keyed<RatioDiagnostics>>((term) => ({
    get: () => fit().diagnostics[term] ?? idle,
    set: (value) => update({ diagnostics: { ...fit().diagnostics, [term]: value } }),
  }))
  const toysOf = createProducts<ToyResult>((name) => ({
    get: () => fit().toys[name] ?? idle,
    set: (value) => update({ toys: { ...fit().toys, [name]: value } }),
  }))
  const regionOf = createProducts<Keyed<ToyRegion>>((kind) => ({
    get: () => fit().regions[kind as FitKind] ?? idle,
    set: (value) => update({ regions: { ...fit().regions, [kind]: value } }),
  }))
  const calibrationOf = createProducts<Keyed<CalibrationOutcome>>((name) => ({
    get: () => fit().calibration[name] ?? idle,
    set: (value) => update({ calibration: { ...fit().calibration, [name]: value } }),
  }))

  /** Networks of the set-up that learn a term, and what a comparison of them is named by. */
  function learnersOf(setup: FitIntent, term: string) {
    const own = runner.planOf(setup).map(({ key }) => key)
    const known = fit()
      .networks.filter(({ key, network }) => own.includes(key) && network?.task.terms.includes(term))
      .flatMap(({ network }) => network ?? [])
    return { known, key: JSON.stringify([term, own, known.map(({ task }) => task.replica)]) }
  }

  return {
    /** Learned against exact for one term, on events that no network was trained on. */
    diagnose: (term: string) =>
      runner.activity(async (signal) => {
        const setup = runner.setup()
        const { known, key } = learnersOf(setup, term)
        const slot = diagnosticsOf(term)
        const before = slot.get()
        if (known.length === 0 || before.status === 'running' || before.value?.key === key) return
        const compare = async (making: Making<Keyed<RatioDiagnostics>>) => {
          const request = { setup, networks: known, term }
          return {
            key,
            setup,
            value: await work('ratio-diagnostics', request, making.signal, making.onProgress),
          }
        }
        await make(
          slot,
          `Comparing ${term} with exact ratios`,
          compare,
          signal,
          products.at('diagnostics', key),
        )
      }),
    /** Delta chi2 of the SM, or of the truth, under toys of the same. */
    toys: (kind: FitKind, hypothesis: ToyHypothesis, toys: number) =>
      runner.activity(async (signal) => {
        const { outcome } = fit().fits[kind]
        const data = fit().data.value
        if (!outcome || !data) return
        const { setup, key } = outcome
        const name = toyName(kind, hypothesis)
        const throwToys = async (making: Making<ToyResult>) => {
          const known = kind === 'unbinned' ? (networks.trained(setup) ?? []) : []
          const at = hypothesis === 'SM' ? undefined : setup.operators.map((each) => setup.truth[each] ?? 0)
          const request = { setup, data: data.value, kind, networks: known, toys, at }
          const { values } = await work('toy-delta-chi2', request, making.signal, making.onProgress)
          return { values, key }
        }
        // Asked for once more, other numbers of toys are meant: what is kept is replaced.
        const { keep } = products.at('toys', toysKey(name, key))
        const label = `${toys} toys of the ${hypothesis}, ${kind}`
        await make(toysOf(name), label, throwToys, signal, { keep })
      }),
    /** Neyman's construction about the posterior of one or two coefficients. */
    region: (kind: FitKind, toys: number) =>
      runner.activity(async (signal) => {
        const { outcome } = fit().fits[kind]
        const data = fit().data.value
        if (!outcome || !data || fit().regions[kind]?.status === 'running') return
        const { setup, key, value: posterior } = outcome
        const construct = async (making: Making<Keyed<ToyRegion>>) => {
          const known = kind === 'unbinned' ? (networks.trained(setup) ?? []) : []
          const ratios = kind === 'unbinned' ? (fit().ratios.value?.value.ratios ?? null) : null
          const request = {
            ...{ setup, data: data.value, kind, networks: known, ratios, toys },
            box: boxAbout(posterior, setup),
            pointsPerAxis: setup.operators.length === 1 ? 41 : 15,
          }
          return { key, setup, value: await work('toy-region', request, making.signal, making.onProgress) }
        }
        const { keep } = products.at('region', regionKey(kind, key))
        await make(regionOf(kind), `${toys} toys at each point, ${kind}`, construct, signal, { keep })
      }),
    /** Does the truth lie in the intervals as often as they say? */
    calibrate: (kind: FitKind, test: (typeof calibrationTests)[number], toys: number) =>
      runner.activity(async (signal) => {
        const setup = runner.setup()
        const name = `${kind}/${test}`
        const slot = calibrationOf(name)
        if (slot.get().status === 'running') return
        const label = test === 'coverage' ? 'Coverage of toys' : 'Ranks of simulated truths'
        const key = calibrationKey(kind, test, setup)
        const calibrate = async (making: Making<Keyed<CalibrationOutcome>>) => {
          const known = kind === 'unbinned' ? await networks.ensure(setup, making.signal) : []
          if (!known) throw new AppError('model/mismatch', 'Some networks failed: train them first.')
          const request = { setup, kind, networks: known, test, toys }
          const value = await work('calibrate-fit', request, making.signal, making.onProgress)
          return { key, setup, value }
        }
        await make(slot, label, calibrate, signal, { keep: products.at('calibration', key).keep })
      }),
    /** Throws away what was found. */
    async forget(setup: FitIntent): Promise<void> {
      const terms = new Set(networkTasks(setup).flatMap((task) => task.terms))
      const kinds = fitKinds.flatMap((kind) => [
        ...calibrationTests.map((test) => products.remove('calibration', calibrationKey(kind, test, setup))),
        ...(['SM', 'truth'] as const).map((hypothesis) =>
          products.remove('toys', toysKey(toyName(kind, hypothesis), runner.fitKeyOf(setup, kind))),
        ),
        products.remove('region', regionKey(kind, runner.fitKeyOf(setup, kind))),
      ])
      const compared = [...terms].map((term) => products.remove('diagnostics', learnersOf(setup, term).key))
      await Promise.all([...kinds, ...compared])
    },
    /** What an earlier visit found of the networks and fits that are there. */
    async look(setup: FitIntent): Promise<void> {
      const terms = new Set(networkTasks(setup).flatMap((task) => task.terms))
      for (const term of terms) {
        const { known, key } = learnersOf(setup, term)
        if (known.length > 0) await runner.recall(diagnosticsOf(term), key, products.at('diagnostics', key))
      }
      for (const kind of fitKinds) {
        for (const test of calibrationTests) {
          const name = `${kind}/${test}`
          const key = calibrationKey(kind, test, setup)
          await runner.recall(calibrationOf(name), key, products.at('calibration', key))
        }
        const { outcome } = fit().fits[kind]
        if (!outcome) continue
        const { key } = outcome
        await runner.recall(regionOf(kind), key, products.at('region', regionKey(kind, key)))
        for (const { hypothesis } of outcome.value.deltaChi2) {
          const place = products.at('toys', toysKey(toyName(kind, hypothesis), key))
          await runner.recall(toysOf(toyName(kind, hypothesis)), key, place)
        }
      }
    },
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
