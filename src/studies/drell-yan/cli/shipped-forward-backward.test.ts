import { describe, expect, it } from 'vitest'
import { fisherLimits } from '../analysis/fisher-limits.ts'
import { compareEncoders } from '../analysis/compare/compare-encoders.ts'
import { closedFormEncoder } from '../analysis/compare/closed-form-maps.ts'
import { resolvedDirections } from '../analysis/directions/resolved-directions.ts'
import { operatorReach } from '../analysis/operator-reach.ts'
import { openPdf } from '../../../physics/pdf/open-pdf.ts'
import { buildUniverseModel } from '../analysis/build-model.ts'
import { finish } from '../analysis/corpus.ts'
import { defaultSetup, type DatasetSetup } from '../analysis/setup.ts'
import { openDatasetFolder, openModelFolder } from './open-files.ts'

const both = await openDatasetFolder('dy-fb-13tev')
const plain = await openDatasetFolder('dy-nc-13tev')

describe('the shipped dataset with forward and backward', () => {
  it('has the universes of the default one, theory by theory', () => {
    const { coefficients, flags } = both.table
    expect(coefficients.length).toBe(2000 * 17)
    expect(coefficients.every((value, i) => value === plain.table.coefficients[i])).toBe(true)
    // More bins can be negative, never fewer: F + B is m_ll.
    expect(flags.every((flag, u) => flag >= plain.table.flags[u])).toBe(true)
  })

  it('measures 13 combinations, nine of them to better than 1 TeV^-2; m_ll of it 7 and five', () => {
    const counts = (observable?: 'mll') =>
      resolvedDirections(fisherLimits(both.universeModel, observable).singularValues)
    expect(counts()).toEqual({ rank: 13, resolved: 9 })
    expect(counts('mll')).toEqual({ rank: 7, resolved: 5 })
  })

  it('in bins of |y| would measure as many, eleven of them to better than 1 TeV^-2', () => {
    const setup: DatasetSetup = { ...defaultSetup, bins: 'mll-y-fb' }
    const { model } = finish(buildUniverseModel(setup, openPdf(null)))
    expect(model.templates.bins).toBe(420)
    expect(resolvedDirections(fisherLimits(model).singularValues)).toEqual({ rank: 13, resolved: 11 })
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

  // Nine directions are more than five axes hold, and what m_ll alone shows of them is a tenth.
  it('has the true neighbours of a universe on maps as docs/validation.md says', async () => {
    const encoders = await Promise.all(
      ['dy-fb-supcon-2d', 'dy-fb-supcon-5d'].map((id) => openModelFolder(id, both, expect.unreachable)),
    )
    const closed = ['pca-2', 'pca-2-mll'].map((id) => closedFormEncoder(both, id) ?? expect.unreachable(id))
    const job = compareEncoders({
      header: both,
      order: 'linear',
      maps: [...encoders, ...closed],
      neighbours: 15,
    })
    const found = finish(job).maps.map(({ meanTrue }) => meanTrue)
    const expected = [0.144, 0.734, 0.144, 0.086]
    found.forEach((value, k) => expect(value).toBeCloseTo(expected[k], 2))
  })
})
