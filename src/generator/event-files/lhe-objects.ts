import { AppError } from '../../errors.ts'
import type { DarkMachinesEvent } from '../../dataset/dark-machines/event-line.ts'
import type { LheEvent } from '../lhe.ts'

/** Neutrinos, dark matter, the lightest neutralino, sneutrinos. */
const unseen = new Set([12, 14, 16, 51, 52, 53, 1_000_022, 1_000_012, 1_000_014, 1_000_016])

/** Type of an object by PDG number; undefined where it makes none. */
function typeOf(id: number): number | undefined {
  const kind = Math.abs(id)
  if (kind === 5) return 1
  // Taus as jets: most of them are.
  if (kind <= 4 || kind === 21 || kind === 15) return 0
  if (kind === 11) return id > 0 ? 2 : 3
  if (kind === 13) return id > 0 ? 4 : 5
  return kind === 22 ? 6 : undefined
}

/**
 * Objects of an event of a hard process, without shower, jets and detector: final partons are jets, MET is what is not seen.
 *
 * @param event   what of it counts
 * @param number  of the event in its file, for messages
 * @throws AppError 'data/unsupported' for final particles that would still decay
 */
export function eventOfLhe(
  { ids, status, momenta, weight }: Pick<LheEvent, 'ids' | 'status' | 'momenta' | 'weight'>,
  number: number,
): DarkMachinesEvent {
  const event: DarkMachinesEvent = {
    ...{ event: String(number), process: 'lhe', weight, met: 0, metPhi: 0, count: 0 },
    ...{ types: [], energy: [], pt: [], eta: [], phi: [] },
  }
  let [x, y] = [0, 0]
  ids.forEach((id, p) => {
    if (status[p] !== 1) return
    const [e, px, py, pz] = momenta.subarray(4 * p, 4 * p + 4)
    if (unseen.has(Math.abs(id))) {
      x += px
      y += py
      return
    }
    const type = typeOf(id)
    if (type === undefined)
      throw new AppError(
        'data/unsupported',
        `event ${number} has a particle ${id} at its end, which would decay. Let it decay in the program that made the file, or give events after a detector.`,
        { id },
      )
    const pt = Math.hypot(px, py)
    event.types.push(type)
    event.energy.push(e)
    event.pt.push(pt)
    event.eta.push(Math.asinh(pz / Math.max(pt, 1e-9)))
    event.phi.push(Math.atan2(py, px))
    event.count++
  })
  event.met = Math.hypot(x, y)
  event.metPhi = Math.atan2(y, x)
  return event
}
