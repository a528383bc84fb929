import type { DarkMachinesEvent } from '../../dataset/dark-machines/event-line.ts'
import { emptySampleEvents, type SampleEvents } from '../../dataset/event-samples/sample-events.ts'

/** Events of a file as those of a sample: of one process, each with the weight 1. */
export function asSample(events: readonly DarkMachinesEvent[]): SampleEvents {
  const objects = events.reduce((sum, { count }) => sum + count, 0)
  const sample = emptySampleEvents(events.length, objects)
  sample.weight.fill(1)
  let at = 0
  events.forEach(({ met, metPhi, types, pt, eta, phi, count }, i) => {
    sample.met[i] = met
    sample.metPhi[i] = metPhi
    sample.types.set(types, at)
    sample.pt.set(pt, at)
    sample.eta.set(eta, at)
    sample.phi.set(phi, at)
    at += count
    sample.first[i + 1] = at
  })
  return sample
}
