import { generateEvents } from '../generator/generate.ts'
import { featureSets } from '../generator/observables.ts'
import { adaptSampler, type TopPairSampler } from '../generator/sampler.ts'
import { createRng } from '../numerics/rng.ts'
import { createDefaultPdf } from '../physics/pdf/default-pdf.ts'
import { topPairProcess } from '../physics/top-pair/hadronic.ts'
import { termCount } from '../physics/top-pair/polynomial.ts'
import { topPairOperatorNames } from '../physics/top-pair/operators.ts'
import { timingOf } from './measure.ts'
import { above, type BenchRow } from './report.ts'

const points = 100_000
const repeats = 5

/** Fully weighted top-pair events per second and core: momenta, 18 features, all terms, no cuts; preparation not counted. */
export function* generatorRows(): Generator<BenchRow, void> {
  const pdf = createDefaultPdf({ grid: { xMin: 1e-4 } })
  for (const count of [4, 8, 15]) {
    const hadrons = topPairProcess({ pdf, operators: topPairOperatorNames.slice(0, count) })
    const sampler = finish(adaptSampler(hadrons, createRng(1)))
    // The first run warms up the compiler.
    generate(sampler, 0)
    const rates: number[] = []
    for (let seed = 1; seed <= repeats; seed++) {
      const started = cpuSeconds()
      generate(sampler, seed)
      rates.push(points / (cpuSeconds() - started))
    }
    yield {
      name: `top-pair events per second, ${count} operators`,
      unit: '1/s',
      value: timingOf(rates),
      target: count === 4 ? above(100_000) : undefined,
      note: `${termCount(count)} terms and 18 features each, per second of processor time`,
    }
  }
}

/** Of all threads: a rate per core that other programs do not lower. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function generate(sampler: TopPairSampler, seed: number): void {
  const table = finish(generateEvents(sampler, { points, seed, observables: featureSets['ml4eft-18'] }))
  if (!(table.weights[0] > 0))
    throw new Error(`seed ${seed}: the first event has the weight ${table.weights[0]}`)
}

function finish<T>(run: Generator<unknown, T>): T {
  let step = run.next()
  while (!step.done) step = run.next()
  return step.value
}
