import { sha256InScript } from '../../numerics/sha256.ts'
import { partonIds, type PdfSet } from './pdf-set.ts'

const points = 40
const xLow = 1e-4
const xHigh = 0.8

/** Far above what arithmetic differs by between machines, far below what sets, or members of one set, differ by. */
const quantum = 1e-5

/**
 * What a set says at one scale, as SHA-256: of x f of all partons at 40 momentum fractions from 1e-4 to 0.8, in units of 1e-5.
 * Equal digests mean equal densities, wherever they came from and whatever they are called.
 *
 * @param q  scale [GeV]
 */
export function densityDigest(pdf: PdfSet, q: number): string {
  const partons = partonIds.length
  const counts = new DataView(new ArrayBuffer(4 * points * partons))
  const densities = new Float64Array(partons)
  for (let i = 0; i < points; i++) {
    pdf.xfxQ2All(xLow * (xHigh / xLow) ** (i / (points - 1)), q * q, densities)
    densities.forEach((xf, p) => counts.setInt32(4 * (i * partons + p), Math.round(xf / quantum), true))
  }
  return sha256InScript(new Uint8Array(counts.buffer))
}
