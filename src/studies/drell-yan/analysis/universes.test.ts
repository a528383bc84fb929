import { describe, expect, it } from 'vitest'
import { morphSpectrum } from '../../../physics/drell-yan/spectrum-templates.ts'
import { smallBins as bins, smallModel } from '../../../testing/small-universes.ts'
import {
  coefficientsOf,
  drawUniverses,
  flagsOf,
  negativeLinearFlag,
  universeSpectra,
  type UniverseModel,
} from './universes.ts'

const model = smallModel()

/** A prior so wide that many linear spectra turn negative. */
const wide: UniverseModel = {
  ...model,
  prior: { ...model.prior, halfWidth: model.prior.halfWidth.map((h) => 60 * h) },
}

describe('universes', () => {
  it('begin with the Standard Model', () => {
    const table = drawUniverses(model, 5, 1)
    expect([...coefficientsOf(table, 0)]).toEqual(new Array(17).fill(0))
    expect(table.flags[0]).toBe(0)
    expect(universeSpectra(model.templates, table, 'linear').slice(0, bins)).toEqual(model.templates.sm)
  })

  it('do not depend on how many are drawn', () => {
    const few = drawUniverses(model, 6, 9)
    const many = drawUniverses(model, 40, 9)
    expect(many.coefficients.slice(0, 6 * 17)).toEqual(few.coefficients)
  })

  it('are others for another seed, and each is its own', () => {
    const a = drawUniverses(model, 30, 1)
    const b = drawUniverses(model, 30, 2)
    const all = [...a.coefficients.slice(17), ...b.coefficients.slice(17)]
    expect(new Set(all).size).toBe(all.length)
  })

  it('flag exactly those whose linear spectrum has a negative bin', () => {
    const table = drawUniverses(wide, 200, 4)
    const spectra = universeSpectra(wide.templates, table, 'linear')
    for (let u = 0; u < 200; u++) {
      const lowest = Math.min(...spectra.subarray(u * bins, (u + 1) * bins))
      expect(table.flags[u]).toBe(lowest < 0 ? negativeLinearFlag : 0)
    }
    expect(table.flags).toContain(0)
    expect(table.flags).toContain(negativeLinearFlag)
  })

  it('are flagged for the linear theory even where squares make the spectrum positive', () => {
    const table = drawUniverses(wide, 200, 4)
    const flagged = table.flags.indexOf(negativeLinearFlag)
    const coefficients = coefficientsOf(table, flagged)
    expect(Math.min(...morphSpectrum(wide.templates, coefficients, 'quadratic'))).toBeGreaterThan(0)
    expect(flagsOf(wide.templates, coefficients)).toBe(negativeLinearFlag)
  })

  it('have the exact spectrum of their coefficients in both orders', () => {
    const table = drawUniverses(model, 4, 3)
    for (const order of ['linear', 'quadratic'] as const)
      expect(universeSpectra(model.templates, table, order).slice(3 * bins)).toEqual(
        morphSpectrum(model.templates, coefficientsOf(table, 3), order),
      )
  })
})
