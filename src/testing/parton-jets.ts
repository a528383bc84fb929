import { runBlock } from '../generator/hard-process/block.ts'
import type { HardProcess } from '../generator/hard-process/hard-process.ts'
import { loadTrainedGrids, trainedFor } from '../generator/hard-process/trained-grids.ts'
import { prepareSampling } from '../generator/hard-process/unweighting.ts'
import { createPartonEventSource, eventsPerBlock } from '../generator/parton-events/event-block.ts'
import { particleStatus } from '../generator/parton-events/parton-events.ts'

/** Jets of parton events of one boson beside one jet. */
export interface PartonJets {
  pt: Float64Array // [events] GeV
  absEta: Float64Array
}

/** Makes the jets of the first events of a seed that pass the cut on |η|; the 1 % of weights above 1 are taken as 1. */
export type PartonJetSource = (events: number, seed: number) => PartonJets

/** @param hard  one boson on its shell and one jet, above its lowest pT */
export async function partonJetSource(
  hard: HardProcess,
  { absEtaMax, kernel }: { absEtaMax: number; kernel?: WebAssembly.Module },
): Promise<PartonJetSource> {
  const { dimensions, beamDimensions } = hard
  const trained = trainedFor(hard, await loadTrainedGrids())
  const preparation = prepareSampling({ dimensions, beamDimensions, trained })
  let step = preparation.next()
  while (!step.done)
    step = preparation.next(step.value.tasks.map((task) => runBlock(hard.part(task.part), task, 1)))
  const sampling = step.value
  return (events, seed) => {
    const source = createPartonEventSource(hard, sampling, { seed, kernel })
    const jets = { pt: new Float64Array(events), absEta: new Float64Array(events) }
    for (let [block, found] = [0, 0]; found < events; block++) {
      const { first, ids, status, momenta } = source.block(block, eventsPerBlock).events
      for (let row = 0; row < first[eventsPerBlock] && found < events; row++) {
        const isJet = Math.abs(ids[row]) <= 5 || ids[row] === 21
        if (status[row] !== particleStatus.final || !isJet) continue
        const pt = Math.hypot(momenta[4 * row + 1], momenta[4 * row + 2])
        const absEta = Math.abs(Math.asinh(momenta[4 * row + 3] / pt))
        if (absEta >= absEtaMax) continue
        jets.pt[found] = pt
        jets.absEta[found++] = absEta
      }
    }
    return jets
  }
}
