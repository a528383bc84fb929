import { runBlock } from '../generator/hard-process/block.ts'
import { createHardProcess } from '../generator/hard-process/hard-process.ts'
import { loadTrainedGrids, trainedFor } from '../generator/hard-process/trained-grids.ts'
import { prepareSampling } from '../generator/hard-process/unweighting.ts'
import { createPartonEventSource, eventsPerBlock } from '../generator/parton-events/event-block.ts'
import { amplitudeParameters } from '../physics/amplitudes/parameters.ts'
import { createRunningCoupling } from '../physics/pdf/alpha-s.ts'
import { createDefaultPdf } from '../physics/pdf/default-pdf.ts'
import { timingOf } from './measure.ts'
import { above, type BenchRow } from './report.ts'

/** Unweighted events per second and core before decays, and what is asked for; with decays at least half of it. */
const processes: readonly (readonly [process: string, least: number])[] = [
  ['p p > t t~', 100_000],
  ['p p > go go', 100_000],
  ['p p > t t~ H', 40_000],
  ['p p > t t~ Z', 15_000],
  ['g b > t t t~ W-', 4_000],
  ['p p > t t~ t t~', 3_000],
]

const repeats = 7
/** Of one repetition, and before the first, while the engine compiles [s of processor time]. */
const seconds = 0.5

/** With the densities of the app at 13 TeV, μ = HT/2, shipped grids; per second of processor time. */
export async function* partonEventRows(kernel: WebAssembly.Module): AsyncGenerator<BenchRow, void> {
  const pdf = createDefaultPdf()
  const coupling = createRunningCoupling({
    ...{ loops: 1, referenceScale: 91.188, referenceValue: 0.118, charmMass: 1.3, bottomMass: 4.75 },
  })
  const shipped = await loadTrainedGrids()
  for (const [process, least] of processes) {
    const hard = createHardProcess(
      { process, flavours: 5, windows: [{ min: 0, max: Infinity }], kernel },
      {
        ...{ pdf, sqrtS: 13_000, scale: 'ht/2', parameters: amplitudeParameters() },
        alphaS: (q) => coupling.alphaS(q),
      },
    )
    const { dimensions, beamDimensions } = hard
    const preparation = prepareSampling({ dimensions, beamDimensions, trained: trainedFor(hard, shipped) })
    let step = preparation.next()
    while (!step.done)
      step = preparation.next(step.value.tasks.map((task) => runBlock(hard.part(task.part), task, 1)))
    for (const decays of [undefined, { mChi: 50 }]) {
      const source = createPartonEventSource(hard, step.value, { seed: 1, kernel, decays })
      let [block, trials, events, heavy, weights] = [0, 0, 0, 0, 0]
      const run = (): number => {
        const start = cpuSeconds()
        let made = 0
        let spent = 0
        while (spent < seconds) {
          const answer = source.block(block++)
          made += eventsPerBlock
          trials += answer.trials
          for (const weight of answer.events.weight) {
            weights += weight
            if (weight > 1) heavy += weight
          }
          spent = cpuSeconds() - start
        }
        events += made
        return made / spent
      }
      run()
      const rates = Array.from({ length: repeats }, run)
      yield {
        name: `${process}, unweighted events per second${decays ? ', decayed' : ''}`,
        unit: '1/s',
        value: timingOf(rates),
        target: above(decays ? least / 2 : least),
        note: `efficiency ${(events / trials).toFixed(3)}, ${((100 * heavy) / weights).toFixed(2)} % of the weight in events above the greatest`,
      }
    }
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
