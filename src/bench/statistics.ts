import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { peerEnvironment } from '../kernels/bench-environment.ts'
import { prepareFit } from '../studies/top-pair/analysis/fit/fit-data.ts'
import type { FitData, FitOutcome } from '../studies/top-pair/analysis/fit/fit-jobs.ts'
import { createPoolStore } from '../studies/top-pair/analysis/fit/fit-pool.ts'
import { fitPosterior } from '../studies/top-pair/analysis/fit/fit-posterior.ts'
import { namedSetups } from '../studies/top-pair/named-setups.ts'
import type { FitKind, FitSetup } from '../studies/top-pair/analysis/fit/fit-setup.ts'
import { generatorRows } from './generator.ts'
import { timingOf, type Timing } from './measure.ts'
import { above, below, type BenchRow } from './report.ts'
import type { BenchSubject, Log } from './subject.ts'
import { tsneRows } from './tsne.ts'

/** The demonstration; its networks are not needed. */
const setup: FitSetup = { ...namedSetups['thesis-inspired'].setup, preset: 'parton' }

/** The generator, t-SNE, fits of two coefficients as the page runs them, and the same likelihood sampled by emcee. */
export async function* statisticsSuite(_subject: BenchSubject, log: Log): AsyncGenerator<BenchRow, void> {
  yield* generatorRows()
  yield* tsneRows()
  const preparing = performance.now()
  const data = await finish(prepareFit({ setup, dropped: null }, createPoolStore()))
  yield {
    name: 'events and prediction of a fit',
    value: performance.now() - preparing,
    note: `${data.pool.points} points, ${data.events} observed`,
  }
  const exact = await timedFits(data, 'exact')
  yield {
    name: 'fit, exact ratios, 1,000 live points',
    value: exact.timing,
    target: below(2000),
    note: `${data.events} events, ${exact.outcome.calls} calls, all intervals and densities included`,
  }
  const binned = await timedFits(data, 'binned')
  yield {
    name: 'fit, 10 bins, 1,000 live points',
    value: binned.timing,
    target: below(2000),
    note: `${binned.outcome.calls} calls`,
  }
  const { logZ, logZError, gridLogZ, ess } = exact.outcome
  yield {
    name: 'exact fit: lnZ off its grid',
    unit: 'sigma',
    value: Math.abs(logZ - gridLogZ!) / logZError,
    target: below(3),
  }
  const rate = (1000 * ess) / exact.timing.median
  yield {
    name: 'posterior samples per second, effective',
    unit: '1/s',
    value: rate,
    note: `${ess.toFixed(0)} in one fit, whose time counts in full`,
  }
  yield* besideEmcee(data, exact.outcome, rate, log)
}

async function timedFits(data: FitData, kind: FitKind): Promise<{ outcome: FitOutcome; timing: Timing }> {
  const times: number[] = []
  let outcome = await finish(fitPosterior({ setup, data, kind, ratios: null }))
  for (let i = 0; i < 5; i++) {
    const started = performance.now()
    outcome = await finish(fitPosterior({ setup, data, kind, ratios: null }))
    times.push(performance.now() - started)
  }
  return { outcome, timing: timingOf(times) }
}

interface Emcee {
  version: string
  usPerCall: number
  atBest: number
  effectivePerSecond: number
  autocorrelation: number
  mean: number[]
  standardDeviation: number[]
}

async function* besideEmcee(
  data: FitData,
  outcome: FitOutcome,
  rate: number,
  log: Log,
): AsyncGenerator<BenchRow, void> {
  const theirs = runEmcee(data, outcome)
  const name = 'effective samples per second, ours over emcee'
  if (typeof theirs === 'string') return yield { name, value: { skipped: theirs } }
  const { mean, standardDeviation, atBest } = theirs
  log(
    `emcee: lnL at our best fit ${atBest} (ours ${outcome.best.logL}), mean ${mean.map((x) => x.toFixed(3)).join(', ')}, sd ${standardDeviation.map((x) => x.toFixed(3)).join(', ')}; ours: ${outcome.summaries.map((s) => `${s.mean.toFixed(3)} ± ${s.standardDeviation.toFixed(3)}`).join(', ')}`,
  )
  yield {
    name: 'the same likelihood in numpy, difference at the best fit',
    unit: '',
    value: Math.abs(atBest - outcome.best.logL),
    target: below(1e-4),
  }
  yield {
    name: `emcee ${theirs.version}, 32 walkers, vectorised`,
    unit: '1/s',
    value: theirs.effectivePerSecond,
    note: `effective; burn-in not counted, autocorrelation ${theirs.autocorrelation.toFixed(0)} steps, ${theirs.usPerCall.toFixed(0)} us per likelihood`,
  }
  yield { name, unit: 'x', value: rate / theirs.effectivePerSecond, target: above(1) }
}

function runEmcee(data: FitData, { best }: FitOutcome): Emcee | string {
  const script = fileURLToPath(new URL('./emcee-peer.py', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'emcee-'))
  try {
    const files = [data.exactRatios!, data.expected].map((values, k) => {
      const path = join(folder, `${k}.f64`)
      writeFileSync(path, new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
      return path
    })
    const numbers = [setup.priorHalfWidth, best.theta[0], best.theta[1], 10].map(String)
    for (const python of ['python3', '/usr/bin/python3']) {
      const { stdout } = spawnSync(python, [script, ...files, ...numbers], {
        env: peerEnvironment(),
        encoding: 'utf8',
      })
      const answer = stdout ? (JSON.parse(stdout) as Emcee | { missing: string }) : { missing: '' }
      if (!('missing' in answer)) return answer
    }
    return 'emcee is not installed (Debian: python3-emcee)'
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function finish<T>(run: AsyncGenerator<unknown, T, void>): Promise<T> {
  let step = await run.next()
  while (!step.done) step = await run.next()
  return step.value
}
