import type { ReconstructedEvent } from '../detector/reconstructed.ts'

/** Least missing transverse momentum [GeV], and least number of jets (b-jets among them) above pT [GeV] within |η|. */
export interface EventSelection {
  met: number
  jets: { count: number; pt: number; absEta: number }
}

export function passes({ met, jets }: EventSelection, event: ReconstructedEvent): boolean {
  if (!(event.met >= met)) return false
  let found = 0
  for (let i = 0; i < event.count; i++)
    if (event.types[i] <= 1 && event.pt[i] > jets.pt && Math.abs(event.eta[i]) < jets.absEta) found++
  return found >= jets.count
}
