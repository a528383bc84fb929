import { describe, expect, it } from 'vitest'
import { drawn, drawnElements, numbersOf } from '../../../../testing/svg-parts.ts'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { plotFrame, spectrumAxes } from './axes.ts'
import { LiveLayer } from './LiveLayer.tsx'
import { spectrumFigure } from './spectrum-figure.ts'
import type { SpectrumInput } from './spectrum-input.ts'
import { spectrumTexts } from './spectrum-texts.ts'
import { SpectrumTraces } from './SpectrumTraces.tsx'
import { SpectrumWords } from './SpectrumWords.tsx'

const input: SpectrumInput = {
  observable: 'mll',
  edges: [80, 90, 100, 200, 1000],
  sm: [100, 900, 30, 2],
  curves: [
    { name: 'universe', values: [101, 890, 33, 2], colour: '#e42536', kind: 'line', dash: 'dash' },
    { name: 'replica', values: [98, 905, 29, -9], errors: [10, 30, 5.4, 1.6], kind: 'points' },
  ],
  bands: [
    { name: 'statistical', kind: 'statistical', low: [90, 870, 25, 0.6], high: [110, 930, 35, 3.4] },
    { name: 'total', kind: 'total', low: [95, 880, 28, 1.8], high: [105, 920, 32, 2.2] },
  ],
  sqrtsGeV: 13000,
  order: 'linear',
  theme: paperTheme,
}
const size = { width: 478, height: 356 }
const frame = plotFrame(size)
const axes = spectrumAxes(input)
const { data } = spectrumFigure(input)

describe('what rests of a spectrum', () => {
  const elements = drawnElements(<SpectrumTraces traces={data} axes={axes} theme={paperTheme} {...size} />)
  const paths = drawn(elements, 'path')

  it('is clipped to its two panels, one over the other', () => {
    const boxes = drawn(elements, 'clipPath').map((_, k) => drawn(elements, 'rect')[k].at)
    expect(boxes.map(({ x, width }) => [Number(x), Number(width)])).toEqual(Array(2).fill([66, 400]))
    expect(Number(boxes[0].y) + Number(boxes[0].height)).toBeLessThan(Number(boxes[1].y))
    const clips = drawn(elements, 'g').flatMap(({ at }) => at['clip-path'] ?? [])
    expect(clips).toHaveLength(data.length)
    expect(new Set(clips).size).toBe(2)
  })

  it('has curves as steps in their colours and dashes, once in each panel', () => {
    const red = paths.filter(({ at }) => at.stroke === '#e42536')
    expect(red.map(({ at }) => [at['stroke-width'], at['stroke-dasharray']])).toEqual(
      Array(2).fill(['1.75', '9 9']),
    )
    const [, first] = numbersOf(red[0].at.d)
    // The first step, 10.1 pb/GeV, lies between the ends of the logarithmic axis.
    const height = Math.log(10.1 / axes.y[0]) / Math.log(axes.y[1] / axes.y[0])
    expect(first).toBeCloseTo(frame.main.top + frame.main.height * (1 - height), 0)
  })

  it('hatches the statistical band and fills the total one', () => {
    const fills = paths.flatMap(({ at }) => (at.fill && at.fill !== 'none' ? [at.fill] : []))
    const hatched = fills.filter((fill) => fill.startsWith('url(#'))
    expect(hatched).toHaveLength(2)
    const patterns = drawn(elements, 'pattern').map(({ at }) => `url(#${at.id})`)
    expect(hatched).toEqual(patterns)
    expect(fills.filter((fill) => /^rgba\(.*0\.24\)$/.test(fill))).toHaveLength(2)
  })

  it('draws points with bars, and arrows for those that the frame cuts off', () => {
    const black = paths.filter(({ at }) => at.fill === paperTheme.data)
    // Three discs in the main panel, whose axis cannot hold the negative one; four below; an arrow in each.
    expect(black.map(({ at }) => at.d.split('Z').length - 1)).toEqual([3, 4, 1, 1])
    const bars = paths.filter(({ at }) => at.stroke === paperTheme.data && at['stroke-width'] === '1')
    expect(bars).toHaveLength(2)
  })

  it('has a dotted line at a ratio of one, if one is in the picture', () => {
    const dotted = (ratio: [number, number]) =>
      drawn(
        drawnElements(<SpectrumTraces traces={[]} axes={{ ...axes, ratio }} theme={paperTheme} {...size} />),
        'path',
      ).filter(({ at }) => at['stroke-dasharray'] === '3 3')
    expect(dotted([0.5, 1.5])[0].at.d).toBe(`M66,${frame.ratio.top + frame.ratio.height / 2}h400`)
    expect(dotted([1, 3])).toEqual([])
  })
})

describe('the curve under the hand', () => {
  const live = { ...size, values: [101, 890, 33, -2] }
  const elements = drawnElements(
    <LiveLayer
      edges={input.edges}
      values={live.values}
      reference={input.sm}
      axes={axes}
      colour="#1845fb"
      negativeColour="#b0241b"
      size={size}
    />,
  )

  it('is drawn in both panels in its colour, and where it is negative as a bar at the foot', () => {
    const [main, ratio, negative] = drawn(elements, 'path')
    expect([main.at.stroke, ratio.at.stroke, negative.at.stroke]).toEqual(['#1845fb', '#1845fb', '#b0241b'])
    expect(main.at['clip-path']).toBe(negative.at['clip-path'])
    expect(main.at['clip-path']).not.toBe(ratio.at['clip-path'])
    expect(negative.at.d).toMatch(
      new RegExp(`^M[\\d.]+,${(frame.main.top + frame.main.height - 1).toFixed(1)}H466.0$`),
    )
  })
})

describe('words of a spectrum', () => {
  const words = (traces = data, of: SpectrumInput = input) =>
    drawnElements(
      <SpectrumWords traces={traces} texts={spectrumTexts(of)} axes={axes} theme={paperTheme} {...size} />,
    )
  const texts = (elements = words()) => drawn(elements, 'text').map(({ text }) => text)

  it('number the axes, powers of ten at the left, and GeV below', () => {
    expect(texts()).toEqual(expect.arrayContaining(['100', '200', '500', '1000', '10−1', '1', '10']))
    const [ten, hundred] = ['200', '500'].map(
      (label) => drawn(words(), 'text').find(({ text }) => text === label)?.at,
    )
    const at = (gev: number) => 66 + (400 * Math.log(gev / 80)) / Math.log(1000 / 80)
    expect([Number(ten?.x), Number(hundred?.x)]).toEqual([expect.closeTo(at(200)), expect.closeTo(at(500))])
  })

  it('have titles at the ends of the axes, turned at the left', () => {
    const elements = words()
    const title = (text: string) => drawn(elements, 'text').find((each) => each.text === text)?.at ?? {}
    expect(title('mℓℓ [GeV]')).toMatchObject({ 'text-anchor': 'end', x: '464' })
    expect(title('dσ/dmℓℓ [pb/GeV]').transform).toMatch(/^rotate\(-90 /)
    expect(title('ratio to SM').transform).toMatch(/^rotate\(-90 /)
  })

  it('list every curve and band once, with a sample of how it is drawn', () => {
    const legend = texts().slice(-5)
    expect(legend).toEqual(['statistical', 'total', 'SM', 'universe', 'replica'])
    const elements = words()
    const samples = drawn(elements, 'path').filter(({ at }) => /^M[\d.]+,[\d.]+h30$/.test(at.d))
    expect(samples.map(({ at }) => [at.stroke, at['stroke-dasharray']])).toEqual([
      [paperTheme.ink, undefined],
      ['#e42536', '9 9'],
    ])
    expect(drawn(elements, 'rect').map(({ at }) => at.fill)).toEqual([
      expect.stringMatching(/^url\(#/),
      expect.stringMatching(/^rgba/),
    ])
  })

  it('name negative bins in red, and names from files as they are', () => {
    const name = 'a <b> & c'
    const curve = { name, values: [101, 890, 33, -2], colour: '#e42536', kind: 'line' as const }
    const of = { ...input, curves: [curve] }
    const elements = words(spectrumFigure(of).data, of)
    expect(texts(elements)).toContain(name)
    expect(
      elements.find(({ at, text }) => at.fill === paperTheme.bad && text.includes('negative in 1')),
    ).toBeTruthy()
  })
})
