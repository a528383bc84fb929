import { createRng } from '../numerics/rng.ts'
import { createDefaultPdf } from '../physics/pdf/default-pdf.ts'
import { topPairProcess } from '../physics/top-pair/hadronic.ts'
import { topPairOperatorNames, type TopPairOperatorName } from '../physics/top-pair/operators.ts'
import { generateEvents } from './generate.ts'
import { featureSets } from './observables.ts'
import { adaptSampler } from './sampler.ts'

export interface GeneratorRate {
  operators: number
  eventsPerSecond: number
  bestEventsPerSecond: number
}

/** Fully weighted events per second on one core: momenta, 18 features, all terms; no cuts. */
export function measureGenerator(
  operators: readonly TopPairOperatorName[],
  points = 100_000,
  repeats = 5,
): GeneratorRate {
  const process = topPairProcess({ pdf: createDefaultPdf({ grid: { xMin: 1e-4 } }), operators })
  const adapting = adaptSampler(process, createRng(1))
  let step = adapting.next()
  while (!step.done) step = adapting.next()
  const sampler = step.value
  const rates: number[] = []
  let sink = 0
  for (let repeat = 0; repeat <= repeats; repeat++) {
    const start = performance.now()
    const run = generateEvents(sampler, { points, seed: repeat, observables: featureSets['ml4eft-18'] })
    let report = run.next()
    while (!report.done) report = run.next()
    sink += report.value.weights[0]
    // The first run warms up the compiler.
    if (repeat > 0) rates.push((1000 * points) / (performance.now() - start))
  }
  if (!(sink > 0)) throw new Error('weights vanished')
  rates.sort((a, b) => a - b)
  return {
    operators: operators.length,
    eventsPerSecond: Math.round(rates[rates.length >> 1]),
    bestEventsPerSecond: Math.round(rates[rates.length - 1]),
  }
}

// Run as a script: npx tsx src/generator/bench.ts
if (globalThis.process?.argv[1]?.endsWith('generator/bench.ts'))
  for (const count of [4, 8, 15])
    globalThis.process.stdout.write(
      `${JSON.stringify(measureGenerator(topPairOperatorNames.slice(0, count)))}\n`,
    )
