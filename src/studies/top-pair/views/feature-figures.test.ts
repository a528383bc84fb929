import { describe, expect, it } from 'vitest'
import { axisOf, expectSound, legendOf, named, shapesOf } from '../../../testing/figure-parts.ts'
import { smallFeatureStudy as study } from '../../../testing/small-feature-study.ts'
import { paperTheme } from '../../../ui/plots/figure-theme.ts'
import { featureLossFigure, featureWidthFigure, widthRatios } from './feature-figures.ts'
import { thesisWidthRatio } from './thesis-numbers.ts'

describe('losses by term', () => {
  it('stand beside the exact limits and the published ones, of two features on the left of those a detector sees', () => {
    const figure = featureLossFigure(study, paperTheme)
    expectSound(figure)
    expect(legendOf(figure)).toEqual([
      ...['2, learned', '2, thesis', '14, learned', '14, thesis', 'full final state, bound'],
    ])
    expect(named(figure, '2, exact limit')[0].y).toEqual([0.66, 0.57])
    expect(named(figure, '2, thesis')[0].y).toEqual([0.663, 0.576])
    expect(named(figure, '14, thesis')[0].y).toEqual([0.535, 0.503])
    expect(named(figure, '14, learned')[0]).toMatchObject({
      y: [0.56, 0.5],
      error_y: { array: [0.002, 0.002] },
    })
    expect(Math.max(...(named(figure, '2, thesis')[0].x as number[]))).toBeLessThan(1)
    expect(shapesOf(figure)).toMatchObject([{ y0: Math.LN2, y1: Math.LN2 }])
    const [low, high] = axisOf(figure, 'y').range as [number, number]
    expect(low).toBeLessThan(0.44)
    expect(high).toBeGreaterThan(Math.LN2)
  })

  it('without networks of two features, their limit stands alone', () => {
    const figure = featureLossFigure(
      { ...study, losses: { ...study.losses, partonLearned: null } },
      paperTheme,
    )
    expect(legendOf(figure)).not.toContain('2, learned')
  })
})

describe('widths', () => {
  it('are those of the same data over its binned one, averaged over seeds', () => {
    const ratios = widthRatios(study, 0)
    expect(ratios[0]).toEqual({ mean: 1, error: 0 })
    // 0.2 and 0.3 of it.
    expect(ratios[1].mean).toBeCloseTo(0.25, 12)
    expect(ratios[1].error).toBeCloseTo(0.05, 12)
  })

  it('fall from one binned observable to all, with the published quotient at its fourteen features', () => {
    const figure = featureWidthFigure(study, paperTheme)
    expectSound(figure)
    expect(axisOf(figure, 'x').ticktext).toEqual(['1, binned', '14', 'all'])
    const [own, published] = figure.data
    expect(own).toMatchObject({ y: [1, expect.closeTo(0.25, 12), expect.closeTo(0.2, 12)] })
    expect(published.y).toEqual([thesisWidthRatio('td8')])
    expect(thesisWidthRatio('td8')).toBeCloseTo(0.331 / 1.58, 12)
    expect(thesisWidthRatio('tG')).toBeNull()
  })
})
