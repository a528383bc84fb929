import { partonIds, type PdfSet } from '../physics/pdf/pdf-set.ts'

/**
 * Smooth analytic parton densities for tests of what is built on them: roughly the size and slope of a proton,
 * a slow logarithmic scale dependence, no sum rules. Not for physics.
 */
export function toyPdf(): PdfSet {
  function xfxQ2All(x: number, q2: number, out = new Float64Array(partonIds.length)): Float64Array {
    const t = Math.log(Math.log(Math.max(q2, 2) / 0.04)) // slow evolution
    const root = Math.sqrt(x)
    const sea = (0.09 * t * (1 + 2 * root) * (1 - x) ** 7) / x ** (0.08 + 0.09 * t)
    const valence = Math.pow(x, 0.75) * (1 - x) ** (2 + 0.6 * t)
    const strange = 0.8
    out[0] = out[9] = 0.3 * t * sea // -5, 5
    out[1] = out[8] = 0.45 * t * sea // -4, 4
    out[2] = out[7] = strange * sea
    out[3] = 0.9 * sea // ubar
    out[4] = sea // dbar
    out[5] = sea + 3.1 * valence * (1 - x) // d
    out[6] = 0.9 * sea + 4.2 * valence // u
    out[10] = 12 * sea
    return out
  }
  return {
    id: 'toy',
    description: 'analytic toy densities for tests',
    xMin: 1e-9,
    xMax: 1,
    qMin: 1,
    qMax: 1e5,
    xfxQ2All,
    xfxQ2: (id, x, q2) => xfxQ2All(x, q2)[partonIds.indexOf(id)],
  }
}
