import { expect, it } from 'vitest'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import {
  axisOf,
  beyondFrame,
  expectSound,
  legendOf,
  named,
  textsOf,
  tracesOf,
} from '../../../../testing/figure-parts.ts'
import { featuresPerEvent } from '../../analysis/features/event-features.ts'
import { comparedSpectra } from '../../state/feature-spectrum.ts'
import { featureFigure } from './feature-figure.ts'

/** Events whose MET has these values [GeV]; the leading jet has the same pT, where it is above nought. */
function events(met: readonly number[]) {
  const features = new Float32Array(met.length * featuresPerEvent)
  met.forEach((value, i) => {
    features[i * featuresPerEvent] = Math.abs(value)
    features[i * featuresPerEvent + 4] = Math.max(0, value)
    features[i * featuresPerEvent + 5] = 0.3
  })
  return { features, events: met.length }
}

const ramp = events(Array.from({ length: 400 }, (_, i) => 200 + i))
const twice = events(Array.from({ length: 800 }, (_, i) => 200 + i / 2))
const hard = events(Array.from({ length: 400 }, (_, i) => (i < 8 ? 210 : 500 + i / 4)))

it('counts shares with the errors of their numbers, and what lies beyond', () => {
  const { edges, focused, reference, ratio } = comparedSpectra(ramp, twice, 0)
  expect(edges[0]).toBe(200)
  expect(edges[1] - edges[0]).toBe(10)
  // Ten of 400 and twenty of 800: the same share, another error.
  expect(focused.share[3]).toBeCloseTo(0.025, 12)
  expect(reference.share[3]).toBeCloseTo(0.025, 12)
  expect(focused.error[3]).toBeCloseTo(Math.sqrt(10) / 400, 12)
  expect(ratio[3]?.value).toBeCloseTo(1, 12)
  expect(ratio[3]?.error).toBeCloseTo(Math.sqrt(1 / 10 + 1 / 20), 12)
  const total = focused.share.reduce((a, b) => a + b, 0)
  expect(total + focused.above).toBeCloseTo(1, 12)
})

it('leaves events without the jet out of its features, and says how many', () => {
  const some = events([300, -300, 300, -300])
  const { focused, reference } = comparedSpectra(some, ramp, 5)
  expect([focused.missing, reference.missing]).toEqual([0.5, 0])
  expect(focused.share.reduce((a, b) => a + b, 0)).toBeCloseTo(0.5, 12)
})

it('draws both over their ratio, and marks ratios beyond its frame', () => {
  const figure = featureFigure({
    ...comparedSpectra(hard, ramp, 0),
    title: 'MET [GeV]',
    names: { focused: 'hard', reference: 'ramp (reference)' },
    colours: { focused: '#5790fc', reference: '#585d66' },
    theme: paperTheme,
  })
  expectSound(figure)
  expect(legendOf(figure)).toEqual(['ramp (reference)', 'hard'])
  expect(textsOf(figure)).toEqual(['MET [GeV]', 'share of events per bin', 'ratio'])
  expect(axisOf(figure, 'y').type).toBe('log')
  for (const trace of tracesOf(figure)) expect(beyondFrame(figure, trace)).toEqual([])
  const [ratio] = named(figure, 'ratio')
  expect(axisOf(figure, 'y2').range?.map((power) => 10 ** power)).toEqual([
    expect.closeTo(1 / 5.2, 1),
    expect.closeTo(5.2, 1),
  ])
  expect(ratio.y.filter((y) => y !== null).length).toBeGreaterThan(0)
})
