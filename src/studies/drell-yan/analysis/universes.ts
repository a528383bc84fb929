import { createRng } from '../../../numerics/rng.ts'
import {
  morphSpectrum,
  type EftOrder,
  type SpectrumTemplates,
} from '../../../physics/drell-yan/spectrum-templates.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import { drawCoefficients, type CoefficientPrior } from './prior.ts'
import type { Whitening } from './whitening.ts'

/** Bit of `flags`: some bin of the linear spectrum is negative, so the linear theory is not a cross-section. */
export const negativeLinearFlag = 1

/** Everything needed to draw, measure and compare universes of one dataset. */
export interface UniverseModel {
  templates: SpectrumTemplates
  covariance: Float64Array // [bins, bins], (pb per bin)^2
  whitening: Whitening
  prior: CoefficientPrior
}

export interface UniverseTable {
  count: number
  coefficients: Float64Array // [count, 17], TeV^-2
  flags: Uint8Array // [count]
}

export function coefficientsOf(table: UniverseTable, universe: number): Float64Array {
  const n = operatorNames.length
  return table.coefficients.subarray(universe * n, (universe + 1) * n)
}

/** Universes that are cross-sections: in linear theory those without a negative bin; with squares kept, all. */
export function validUniverses(table: UniverseTable, order: EftOrder): number[] {
  const all = Array.from({ length: table.count }, (_, u) => u)
  return order === 'linear' ? all.filter((u) => !table.flags[u]) : all
}

export function flagsOf(
  templates: SpectrumTemplates,
  coefficients: ArrayLike<number>,
  scratch?: Float64Array,
): number {
  const spectrum = morphSpectrum(templates, coefficients, 'linear', scratch)
  return spectrum.some((value) => value < 0) ? negativeLinearFlag : 0
}

/** Universe 0 is always the SM; the others come from the prior, each from its own stream. */
export function drawUniverses(model: UniverseModel, count: number, seed: number): UniverseTable {
  const n = operatorNames.length
  const rng = createRng(seed).split('universe')
  const coefficients = new Float64Array(count * n)
  const flags = new Uint8Array(count)
  const scratch = new Float64Array(model.templates.bins)
  for (let u = 1; u < count; u++) {
    const row = coefficients.subarray(u * n, (u + 1) * n)
    drawCoefficients(model.prior, rng.split(u), row)
    flags[u] = flagsOf(model.templates, row, scratch)
  }
  return { count, coefficients, flags }
}

/** Exact spectra of all universes. @returns [count, bins], pb per bin */
export function universeSpectra(
  templates: SpectrumTemplates,
  table: UniverseTable,
  order: EftOrder,
): Float64Array {
  const bins = templates.bins
  const out = new Float64Array(table.count * bins)
  for (let u = 0; u < table.count; u++)
    morphSpectrum(templates, coefficientsOf(table, u), order, out.subarray(u * bins, (u + 1) * bins))
  return out
}
