import { describe, expect, it } from 'vitest'
import { fisherLimits } from '../analysis/fisher-limits.ts'
import { closedFormEncoder } from '../analysis/compare/closed-form-maps.ts'
import { resolvedDirections } from '../analysis/directions/resolved-directions.ts'
import { operatorReach } from '../analysis/operator-reach.ts'
import { openDatasetFolder } from './open-files.ts'

const both = await openDatasetFolder('dy-fb-13tev')
const plain = await openDatasetFolder('dy-nc-13tev')

describe('the shipped dataset with forward and backward', () => {
  it('has the universes of the default one, theory by theory', () => {
    expect(both.table.coefficients).toEqual(plain.table.coefficients)
    // More bins can be negative, never fewer: F + B is m_ll.
    plain.table.flags.forEach((flag, u) => flag && expect(both.table.flags[u], `universe ${u}`).toBeTruthy())
  })

  it('measures 13 combinations, nine of them to better than 1 TeV^-2; m_ll of it 7 and five', () => {
    const counts = (observable?: 'mll') =>
      resolvedDirections(fisherLimits(both.universeModel, observable).singularValues)
    expect(counts()).toEqual({ rank: 13, resolved: 9 })
    expect(counts('mll')).toEqual({ rank: 7, resolved: 5 })
  })

  it('adds up to the m_ll of the default one', () => {
    const { sm } = both.universeModel.templates
    const mll = plain.universeModel.templates.sm
    for (let b = 0; b < 42; b++) expect(Math.abs((sm[b] + sm[42 + b]) / mll[b] - 1)).toBeLessThan(1e-6)
    // Where the operators act in m_ll is the same, too.
    const [here, there] = [both, plain].map(({ universeModel }) => operatorReach(universeModel) ?? [])
    expect(here).toHaveLength(17)
    here.forEach(({ inTail, strongest }, o) => {
      expect(Math.abs(inTail / there[o].inTail - 1)).toBeLessThan(1e-6)
      expect(strongest).toEqual(there[o].strongest)
    })
  })

  it('has a map of m_ll alone, forward and backward added up', () => {
    const map = closedFormEncoder(both, 'pca-2-mll')
    const kernel = map?.mlp.layers[0].kernel ?? new Float32Array()
    expect(kernel.length).toBe(2 * 84)
    expect(closedFormEncoder(both, 'pca-2-ptl')).toBeNull()
  })
})
