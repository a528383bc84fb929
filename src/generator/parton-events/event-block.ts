import { AppError } from '../../errors.ts'
import { createRng, type Rng } from '../../numerics/rng.ts'
import { gridOf } from '../hard-process/block.ts'
import type { HardProcess } from '../hard-process/hard-process.ts'
import type { Integrand } from '../hard-process/integrand.ts'
import type { SubprocessMember } from '../hard-process/subprocesses.ts'
import type { Sampling } from '../hard-process/unweighting.ts'
import { createHardEvent, type HardEvent } from './hard-event.ts'
import { createDecayChain, type DecayChain } from './decay-chain.ts'
import { EventRows } from './event-rows.ts'
import { particleStatus, PartonEventWriter, type PartonEvents } from './parton-events.ts'

/** Events with one stream of random numbers: the unit in which work is divided. */
export const eventsPerBlock = 250

/** Points after which a block gives up: no process comes near that makes events at all. */
const mostTrials = 20_000_000

/** A block of events, and what its points say of the cross-section. */
export interface EventBlock {
  events: PartonEvents
  /** Points drawn, accepted or not. */
  trials: number
  /** Σ of the points' estimates of the cross-section, and of their squares [pb]. */
  sum: number
  sum2: number
}

export interface PartonEventSource {
  /** Partonic processes as `PartonEvents.subprocess` counts them. */
  readonly subprocesses: readonly string[]
  /**
   * The first `count` events of a block. They depend on the seed and the number of the block alone, not on which blocks
   * were made before or where.
   */
  block(number: number, count?: number): EventBlock
}

export interface PartonEventOptions {
  seed: number
  /** From loadAmplitudeKernel. */
  kernel?: WebAssembly.Module
  /** Everything unstable decays, see createDecayChain; mass of dark matter or neutralino [GeV]. */
  decays?: { mChi: number }
}

/** A partonic process from one side, with what its events are made by. */
interface Member extends SubprocessMember {
  name: number
  event: HardEvent
}

/**
 * Unweighted events of a hard process. A part is drawn in proportion to its greatest weight and a point accepted in
 * proportion to its weight, so that partonic processes come in proportion to their cross-sections, whatever the pilot
 * thought these are. Points above the greatest weight are kept with a weight above 1.
 *
 * @param sampling  from prepareSampling, for this process
 * @throws AppError 'input/invalid' for several windows of pT, or a process whose colour flows are not known
 */
export function createPartonEventSource(
  hard: HardProcess,
  sampling: Sampling,
  { seed, kernel, decays }: PartonEventOptions,
): PartonEventSource {
  const { groups, windows, collision } = hard
  if (windows.length !== 1 || sampling.length !== groups.length)
    throw new AppError(
      'input/invalid',
      `Events are made in one window of pT from one sampling per part, not in ${windows.length} from ${sampling.length} for ${groups.length}.`,
    )
  const { parameters, alphaS } = collision
  const subprocesses = [
    ...new Set(groups.flatMap(({ members }) => members.map(({ process }) => process.name))),
  ]
  const made = new Map<string, HardEvent>()
  const eventOf = (member: SubprocessMember): HardEvent => {
    const { name } = member.process
    const event = made.get(name) ?? createHardEvent(member.process, parameters, decays !== undefined, kernel)
    made.set(name, event)
    return event
  }
  const chains = hard.decays.map((stated) => {
    if (!decays && Object.keys(stated).length > 0)
      throw new AppError(
        'input/invalid',
        `The decay of ${Object.keys(stated).join(', ')} is stated, but nothing is to decay. Leave --decays none out, or the decay.`,
      )
    return decays && createDecayChain({ parameters, mChi: decays.mChi, stated })
  })
  const rows = new EventRows()
  const writer = new PartonEventWriter()
  // Made when first needed: a sum over many flavours has many that hardly ever come.
  const members = groups.map((group) => group.members.map((): Member | undefined => undefined))
  const memberOf = (part: number, place: number): Member => {
    const own = groups[part].members[place]
    return (members[part][place] ??= {
      ...own,
      name: subprocesses.indexOf(own.process.name),
      event: eventOf(own),
    })
  }
  const parts = sampling.map(({ beams, final, maxWeight }, k) => ({
    ...{ beams: gridOf(beams), final: gridOf(final), maxWeight, integrand: hard.part(k) },
  }))
  const total = parts.reduce((sum, { maxWeight }) => sum + maxWeight, 0)

  function drawPart(rng: Rng): number {
    let left = total * rng.uniform()
    for (let k = 0; k < parts.length - 1; k++) {
      left -= parts[k].maxWeight
      if (left < 0) return k
    }
    return parts.length - 1
  }

  function block(number: number, count = eventsPerBlock): EventBlock {
    const rng = createRng(seed, `parton-events/${number}`)
    let [trials, sum, sum2, accepted] = [0, 0, 0, 0]
    while (accepted < count) {
      const part = drawPart(rng)
      const { beams, final, maxWeight, integrand } = parts[part]
      const weight = integrand.draw(beams, final, rng)
      trials++
      const estimate = (weight * total) / maxWeight
      sum += estimate
      sum2 += estimate * estimate
      if (!(weight > 0) || weight < maxWeight * rng.uniform()) {
        if (trials > mostTrials) {
          writer.take()
          throw new AppError(
            'physics/out-of-range',
            `Only ${accepted} of ${trials} points became events. Loosen --pt-min, or choose another process.`,
          )
        }
        continue
      }
      accepted++
      const member = memberOf(part, integrand.chooseMember(rng))
      const { scale } = integrand
      writer.begin(member.name, Math.max(1, weight / maxWeight), scale, alphaS(scale))
      fillRows(rows, integrand, member, chains[part], rng)
      rows.write(writer, member.turned ? -integrand.rapidity : integrand.rapidity)
    }
    return { events: writer.take(), trials, sum, sum2 }
  }

  return { subprocesses, block }
}

/** The event in the partons' rest frame, decays and all. */
function fillRows(
  rows: EventRows,
  integrand: Integrand,
  member: Member,
  chain: DecayChain | undefined,
  rng: Rng,
): void {
  const { event, exchanged, turned } = member
  const { momenta, ids } = event
  momenta.set(integrand.momenta)
  if (exchanged) for (let k = 0; k < 4; k++) [momenta[k], momenta[4 + k]] = [momenta[4 + k], momenta[k]]
  // Half a turn about the x axis, which leaves spins what they are; a mirror would not.
  if (turned)
    for (let at = 0; at < momenta.length; at += 4) {
      momenta[at + 2] *= -1
      momenta[at + 3] *= -1
    }
  const flow = event.flow(rng)
  rows.clear()
  const legs = exchanged !== turned ? event.backward : event.forward
  for (let row = 0; row < legs.length; row++) {
    const leg = legs[row]
    const status = row < 2 ? particleStatus.incoming : particleStatus.final
    rows.add(ids[leg], status, -1, flow[2 * leg], flow[2 * leg + 1], momenta, 4 * leg)
  }
  chain?.decay(rows, legs, event.tensor, rng)
}
