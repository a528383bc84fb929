import { runBlock } from '../generator/hard-process/block.ts'
import { createHardProcess } from '../generator/hard-process/hard-process.ts'
import { loadTrainedGrids, trainedFor } from '../generator/hard-process/trained-grids.ts'
import { prepareSampling } from '../generator/hard-process/unweighting.ts'
import { createPartonEventSource, eventsPerBlock } from '../generator/parton-events/event-block.ts'
import { createSampleChain } from '../generator/samples/sample-chain.ts'
import { amplitudeParameters } from '../physics/amplitudes/parameters.ts'
import { createRunningCoupling } from '../physics/pdf/alpha-s.ts'
import { createDefaultPdf } from '../physics/pdf/default-pdf.ts'
import { timingOf } from './measure.ts'
import { above, type BenchRow } from './report.ts'

const processes = ['p p > t t~', 'p p > go go', 'p p > Z j', 'p p > t t~ t t~'] as const
const least = 1500
const repeats = 5
const blocks = 4

/** Hard process, decays, showers, jets and detector at 13 TeV, seed 1; events per second of processor time. */
export async function* eventChainRows(kernel: WebAssembly.Module): AsyncGenerator<BenchRow, void> {
  const pdf = createDefaultPdf()
  const sqrtS = 13_000
  const coupling = createRunningCoupling({
    ...{ loops: 1, referenceScale: 91.188, referenceValue: 0.118, charmMass: 1.3, bottomMass: 4.75 },
  })
  const shipped = await loadTrainedGrids()
  const chain = createSampleChain({ pdf, sqrtS, seed: 1, kernel })
  for (const process of processes) {
    const hard = createHardProcess(
      { process, flavours: 5, windows: [{ min: process.endsWith(' j') ? 100 : 0, max: Infinity }], kernel },
      {
        ...{ pdf, sqrtS, scale: 'ht/2', parameters: amplitudeParameters() },
        alphaS: (q) => coupling.alphaS(q),
      },
    )
    const { dimensions, beamDimensions } = hard
    const preparation = prepareSampling({ dimensions, beamDimensions, trained: trainedFor(hard, shipped) })
    let step = preparation.next()
    while (!step.done)
      step = preparation.next(step.value.tasks.map((task) => runBlock(hard.part(task.part), task, 1)))
    const source = createPartonEventSource(hard, step.value, { seed: 1, kernel, decays: { mChi: 50 } })
    let [block, objects, events] = [0, 0, 0]
    const run = (): number => {
      const start = cpuSeconds()
      for (let k = 0; k < blocks; k++, block++)
        for (const { count } of chain.detected(source.block(block).events, block)) {
          objects += count
          events++
        }
      return (blocks * eventsPerBlock) / (cpuSeconds() - start)
    }
    run()
    yield {
      name: `${process}, whole chain to the detector`,
      unit: '1/s',
      value: timingOf(Array.from({ length: repeats }, run)),
      target: above(least),
      note: `${(objects / events).toFixed(1)} objects an event`,
    }
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
