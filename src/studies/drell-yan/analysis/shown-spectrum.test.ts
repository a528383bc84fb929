import { describe, expect, it } from 'vitest'
import type { ObservableBins } from '../../../physics/drell-yan/spectrum-templates.ts'
import {
  rapidityBins,
  shownChoices,
  shownErrors,
  shownSpectrum,
  shownValues,
  withoutRapidity,
} from './shown-spectrum.ts'

const edges = [50, 60, 80]
const plain: ObservableBins[] = [
  { name: 'mll', edges },
  { name: 'ptl', edges: [25, 40] },
]
const signed: ObservableBins[] = (['forward', 'backward'] as const).map((name) => ({ name, edges }))
const inY: ObservableBins[] = (['forward', 'backward'] as const).flatMap((name) =>
  [
    [0, 1],
    [1, 2.4],
  ].map(([low, high]): ObservableBins => ({ name, edges, absY: [low, high] })),
)
// F and B of |y| below 1: 5, 6 and 3, 2; above: 4, 1 and 1, 1.
const spectrum = [5, 6, 4, 1, 3, 2, 1, 1]

describe('what is drawn of a spectrum', () => {
  it('is its own observables; with both sides also their sum and asymmetry', () => {
    expect(shownChoices(plain)).toEqual(['mll', 'ptl'])
    expect(shownChoices(signed)).toEqual(['forward', 'backward', 'mll', 'afb'])
    expect(rapidityBins(signed)).toEqual([])
    expect(rapidityBins(inY)).toEqual([
      [0, 1],
      [1, 2.4],
    ])
  })

  it('adds up |y| where no bin of it is asked for', () => {
    const of = (name: 'forward' | 'mll' | 'afb', rapidity: number | null = null) => [
      ...shownValues(shownSpectrum(inY, name, rapidity), spectrum),
    ]
    expect(of('forward')).toEqual([9, 7])
    expect(of('forward', 1)).toEqual([4, 1])
    expect(of('mll')).toEqual([13, 10])
    expect(of('mll', 0)).toEqual([8, 8])
    expect(of('afb')).toEqual([5 / 13, 4 / 10])
    expect(of('afb', 0)).toEqual([2 / 8, 4 / 8])
    expect(of('afb', 7)).toEqual(of('afb'))
    expect(withoutRapidity(inY).map(({ name }) => name)).toEqual(['forward', 'backward'])
  })

  it('is the first observable where the dataset has not the one asked for', () => {
    expect(shownSpectrum(plain, 'afb').name).toBe('mll')
    expect(shownSpectrum(signed, 'ptl').name).toBe('forward')
    expect(shownSpectrum(plain, 'ptl')).toMatchObject({ edges: [25, 40], plus: [2] })
  })

  it('has the errors of independent counts, and of a common scale, which an asymmetry does not see', () => {
    const at = [30, 1, 10, 1]
    const shown = shownSpectrum(signed, 'afb')
    const poisson = at.flatMap((value, i) => at.map((_, j) => (i === j ? value : 0)))
    // sqrt((1 - A^2) / N)
    expect(shownErrors(shown, at, poisson)[0]).toBeCloseTo(Math.sqrt((1 - 0.5 ** 2) / 40), 12)
    expect(shownErrors(shownSpectrum(signed, 'mll'), at, poisson)[0]).toBeCloseTo(Math.sqrt(40), 12)
    const scale = at.flatMap((a) => at.map((b) => 1e-2 * a * b))
    expect(shownErrors(shown, at, scale)[0]).toBeCloseTo(0, 7)
    expect(shownErrors(shownSpectrum(signed, 'mll'), at, scale)[0]).toBeCloseTo(4, 12)
  })
})
