import type { ReconstructedEvent } from './reconstructed.ts'

/** Of the hardest jets: pT, η and azimuth from the missing momentum. */
const jetsShown = 4

/** In the order of `eventFeatures`; momenta in GeV. */
export const featureNames: readonly string[] = [
  ...['MET', 'HT', 'Njet', 'Nb'],
  ...Array.from({ length: jetsShown }, (_, i) => [
    `pT(j${i + 1})`,
    `eta(j${i + 1})`,
    `dphi(j${i + 1},MET)`,
  ]).flat(),
]

const jetLimits = { pt: 20, eta: 2.8 }

/**
 * MET, HT, numbers of jets and b-jets, and pT, η, Δφ to MET of the four hardest jets (pT > 20 GeV, |η| < 2.8), zero where
 * there are fewer. What physics does not tell apart is divided out: Δφ of the first jet and its η are not negative.
 *
 * @param event  objects in any order
 */
export function eventFeatures(
  event: ReconstructedEvent,
  out = new Float64Array(featureNames.length),
): Float64Array {
  const { count, types, pt, eta, phi, met, metPhi } = event
  const jets: number[] = []
  let [ht, bJets] = [0, 0]
  for (let i = 0; i < count; i++) {
    if (types[i] > 1 || !(pt[i] > jetLimits.pt) || !(Math.abs(eta[i]) < jetLimits.eta)) continue
    jets.push(i)
    ht += pt[i]
    bJets += types[i]
  }
  jets.sort((a, b) => pt[b] - pt[a])
  out.fill(0)
  out.set([met, ht, jets.length, bJets])
  let [flipPhi, flipEta] = [1, 1]
  jets.slice(0, jetsShown).forEach((i, k) => {
    const dphi = wrapped(phi[i] - metPhi)
    if (k === 0) {
      flipPhi = dphi < 0 ? -1 : 1
      flipEta = eta[i] < 0 ? -1 : 1
    }
    out.set([pt[i], flipEta * eta[i], flipPhi * dphi], 4 + 3 * k)
  })
  return out
}

/** Into (−π, π]. */
function wrapped(angle: number): number {
  const turns = Math.ceil((angle - Math.PI) / (2 * Math.PI))
  return angle - 2 * Math.PI * turns
}
