import type { Rng } from '../../../../numerics/rng.ts'
import {
  createShaper,
  kink,
  resonance,
  slope,
  type MassShape,
} from '../../../../physics/drell-yan/anomalous-shapes.ts'
import { morphSpectrum, type EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { massRange } from '../anomaly/shapes.ts'
import { drawCoefficients } from '../prior.ts'
import type { UniverseModel } from '../universes.ts'
import { whitenSpectra } from '../whitening.ts'

/** What lies outside every gallery: stronger coefficients, and shapes that no operator makes. */
export const outsideKinds = ['outside-box', 'resonance', 'kink', 'slope'] as const
export type OutsideKind = (typeof outsideKinds)[number]

/** Prior boxes wider than the dataset's, by these factors; beyond, hardly any linear spectrum stays positive. */
const boxFactors: [number, number] = [1.5, 3]
/** Size of a shape in units of the noise: from hardly visible to plain. */
const shapeSizes: [number, number] = [8, 60]
const attempts = 200

/**
 * Draws whitened spectra, without noise, that are of no universe of the prior. In linear theory spectra with a
 * negative bin are drawn anew, as for the universes themselves.
 */
export function createOutsideSource(model: UniverseModel, order: EftOrder) {
  const { templates, whitening, prior } = model
  const bins = templates.bins
  const coefficients = new Float64Array(prior.halfWidth.length)
  const spectrum = new Float64Array(bins)
  const shaper = createShaper(templates)
  const masses = innerMasses(model)

  function physical(draw: () => void): void {
    for (let i = 0; i < attempts; i++) {
      draw()
      morphSpectrum(templates, coefficients, order, spectrum)
      if (order === 'quadratic' || spectrum.every((value) => value >= 0)) return
    }
    // No luck at this width: shrunk towards the box until it is physical, which the SM always is.
    do {
      for (let o = 0; o < coefficients.length; o++) coefficients[o] *= 0.8
      morphSpectrum(templates, coefficients, order, spectrum)
    } while (spectrum.some((value) => value < 0))
  }

  /** A universe drawn with at least one coefficient beyond its prior. */
  function beyondBox(rng: Rng): Float32Array {
    const factor = between(rng, boxFactors)
    physical(() => {
      do
        for (let o = 0; o < coefficients.length; o++)
          coefficients[o] = prior.halfWidth[o] * factor * (2 * rng.uniform() - 1)
      while (coefficients.every((c, o) => Math.abs(c) <= prior.halfWidth[o]))
    })
    return whitenSpectra(whitening, spectrum, 1)
  }

  /** A universe of the prior with a shape on it, of a size drawn in units of the noise. */
  function deformed(kind: 'resonance' | 'kink' | 'slope', rng: Rng): Float32Array {
    physical(() => drawCoefficients(prior, rng, coefficients))
    const base = whitenSpectra(whitening, spectrum, 1)
    const mass = masses[0] * (masses[1] / masses[0]) ** rng.uniform()
    const width = mass * (0.02 + 0.1 * rng.uniform())
    const sign = rng.uniform() < 0.5 ? -1 : 1
    const size = between(rng, shapeSizes)
    const shapeOf = (strength: number): MassShape =>
      kind === 'resonance'
        ? resonance(mass, width, Math.abs(strength))
        : kind === 'kink'
          ? kink(mass, strength)
          : slope(strength)
    // The deformation is linear in the strength, nearly so for powers: one probe gives the strength of a size.
    const probe = 0.05 * sign
    const found = distance(base, whitenSpectra(whitening, shaper.deform(spectrum, shapeOf(probe)), 1))
    const strength = sign * Math.min(largestStrength[kind], Math.abs(probe) * (size / Math.max(found, 1e-6)))
    return whitenSpectra(whitening, shaper.deform(spectrum, shapeOf(strength)), 1)
  }

  return {
    bins,
    /** [bins] whitened */
    draw: (kind: OutsideKind, rng: Rng): Float32Array =>
      kind === 'outside-box' ? beyondBox(rng) : deformed(kind, rng),
  }
}

const largestStrength = { resonance: 20, kink: 3, slope: 1 }

/** Where there are enough bins on both sides for a bump or a kink to be one. */
function innerMasses(model: UniverseModel): [number, number] {
  const [low, high] = massRange(model)
  return [1.2 * low, 0.6 * high]
}

const between = (rng: Rng, [low, high]: [number, number]): number => low * (high / low) ** rng.uniform()

function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2
  return Math.sqrt(sum)
}
