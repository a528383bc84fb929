import { createRng } from '../../numerics/rng.ts'
import { partonIds, type PdfSet } from '../../physics/pdf/pdf-set.ts'
import { Detector } from '../detector/detector.ts'
import type { ReconstructedEvent } from '../detector/reconstructed.ts'
import { createDensities } from '../hard-process/densities.ts'
import { particleStatus, PartonEventWriter, type PartonEvents } from '../parton-events/parton-events.ts'
import { createEventShower } from '../shower/event-shower.ts'

export const stages = ['parton', 'shower', 'detector'] as const
export type Stage = (typeof stages)[number]

export interface SampleSettings {
  pdf: PdfSet
  sqrtS: number
  seed: number
  /** From loadAmplitudeKernel. */
  kernel?: WebAssembly.Module
}

/** What becomes of the parton events of one block; it depends on the seed, the block's number and its events alone. */
export interface SampleChain {
  /** After showers: the incoming partons, then all particles, without colour. */
  showered(events: PartonEvents, block: number): PartonEvents
  /** As a detector sees them, one for each event. */
  detected(events: PartonEvents, block: number): ReconstructedEvent[]
}

/** Showers, jets and a detector with true missing momentum, as Dark Machines files have it. */
export function createSampleChain({ pdf, sqrtS, seed, kernel }: SampleSettings): SampleChain {
  const shower = createEventShower(createDensities(pdf, kernel), sqrtS)
  const detector = new Detector({ met: 'truth' })
  const writer = new PartonEventWriter()
  const beam = new Float64Array(4)

  function showered(events: PartonEvents, block: number): PartonEvents {
    const rng = createRng(seed, `shower/${block}`)
    for (let i = 0; i < events.events; i++) {
      shower.shower(events, i, rng)
      writer.begin(events.subprocess[i], events.weight[i], events.scale[i], events.alphaS[i])
      const { x1, x2, leg1, leg2 } = shower.legs
      for (const [x, leg, sign] of [
        [x1, leg1, 1],
        [x2, leg2, -1],
      ]) {
        const energy = (x * sqrtS) / 2
        beam.set([energy, 0, 0, sign * energy])
        writer.add(partonIds[leg], particleStatus.incoming, -1, 0, 0, beam, 0)
      }
      const { count, ids, momenta } = shower.particles
      for (let row = 0; row < count; row++)
        writer.add(ids[row], particleStatus.final, -1, 0, 0, momenta, 4 * row)
    }
    return writer.take()
  }

  function detected(events: PartonEvents, block: number): ReconstructedEvent[] {
    const rng = createRng(seed, `shower/${block}`)
    return Array.from({ length: events.events }, (_, i) => {
      shower.shower(events, i, rng)
      // A stream of its own, so that showers do not change with the detector.
      return detector.detect(shower.particles, createRng(seed, `detector/${block}/${i}`))
    })
  }

  return { showered, detected }
}
