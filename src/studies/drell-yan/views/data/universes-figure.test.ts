import { expect, it } from 'vitest'
import { axisOf, expectSound, legendOf, named, textsOf } from '../../../../testing/figure-parts.ts'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { universesFigure, universesSummary, type UniversesFigureInput } from './universes-figure.ts'

const input: UniversesFigureInput = {
  observables: [
    { name: 'mll', edges: [50, 100, 200] },
    { name: 'ptl', edges: [25, 75] },
  ],
  sm: [50, 10, 20],
  // The second one is negative in a bin, the third leaves the frame of the ratio.
  spectra: [55, 12, 24, 40, -1, 18, 50, 40, 20],
  family: [3, 0, 3],
  columns: 2,
  theme: paperTheme,
}

it('draws each universe as steps in pb/GeV and as a ratio, in the colour of its family', () => {
  const figure = universesFigure(input)
  expectSound(figure)
  const contact = named(figure, 'four-fermion')
  // m_ll and p_T, each with its ratio
  expect(contact).toHaveLength(4)
  expect(contact[0].x).toEqual([50, 100, 100, 200, null, 50, 100, 100, 200, null])
  expect(contact[0].y).toEqual([1.1, 1.1, 0.12, 0.12, null, 1, 1, 0.4, 0.4, null])
  expect(contact[1].y).toEqual([1.1, 1.1, 1.2, 1.2, null, 1, 1, 4, 4, null])
  const oblique = named(figure, 'oblique and inputs')
  expect(oblique[0].y).toEqual([0.8, 0.8, null, null, null])
  expect(oblique[1].y).toEqual([0.8, 0.8, -0.1, -0.1, null])
  expect(named(figure, 'Standard Model')[0].y).toEqual([1, 1, 0.1, 0.1])
  expect(legendOf(figure)).toEqual(['oblique and inputs', 'four-fermion', 'Standard Model'])
})

it('axes are those of the observables, with ratios from 0 to 3', () => {
  const figure = universesFigure(input)
  expect(axisOf(figure, 'x').range).toEqual([50, 200].map(Math.log10))
  expect(axisOf(figure, 'x3').range).toEqual([25, 75].map(Math.log10))
  expect(axisOf(figure, 'y2').range).toEqual([0, 3])
  expect(axisOf(figure, 'y').range).toEqual([0.1 / 3, 3].map(Math.log10))
  expect(textsOf(figure)).toContain('<i>m</i><sub>ℓℓ</sub> [GeV]')
})

it('panels stand side by side, or one below the other', () => {
  const domains = (columns: 1 | 2) => {
    const figure = universesFigure({ ...input, columns })
    return ['x', 'x3', 'y', 'y3'].map(
      (name) => (axisOf(figure, name) as unknown as { domain: number[] }).domain,
    )
  }
  const [x, x3, y, y3] = domains(2)
  expect(x[1]).toBeLessThan(x3[0])
  expect(y).toEqual(y3)
  const stacked = domains(1)
  expect(stacked[0]).toEqual(stacked[1])
  expect(stacked[3][1]).toBeLessThan(stacked[2][0])
})

it('says how many are drawn and how many leave the frame', () => {
  expect(universesSummary(input, 1999)).toBe(
    'The first 3 of 1999 universes, each a line over the Standard Model. 2 of them leave the ratio’s frame, 0 to 3.',
  )
  expect(universesSummary({ ...input, spectra: [50, 10, 20], family: [3] }, 1)).toMatch(
    /^All 1 universes.* All stay within/,
  )
})
