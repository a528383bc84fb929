import { describe, expect, it } from 'vitest'
import {
  axisOf,
  beyondFrame,
  expectSound,
  legendOf,
  named,
  shapesOf,
  textsOf,
  tracesOf,
} from '../../../testing/figure-parts.ts'
import { smallOutcome } from '../../../testing/small-fit.ts'
import { paperTheme } from '../../../ui/plots/figure-theme.ts'
import { cornerFigure } from './corner-figure.ts'
import { frontKind, parameterRange } from './corner-input.ts'
import { bimodalWarnings, cornerSummary, segmentText } from './corner-words.ts'
import { kindStyles } from './kinds.ts'

const binned = smallOutcome('binned', [0.4, -0.6], 0.4)
const exact = smallOutcome('exact', [0.45, -0.65], 0.05)
const corner = {
  outcomes: [binned, exact],
  front: 'exact' as const,
  truth: { td8: 0.45, tq8: -0.65 },
  halfWidth: 2,
  facts: ['LO'],
  theme: paperTheme,
}
const figure = cornerFigure(corner)
const mean = (values: (number | null)[]) => {
  const numbers = values.filter((value) => value !== null)
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length
}

it('draws d (d + 1) / 2 panels for any d, each parameter on one range', () => {
  for (const d of [1, 2, 3]) {
    const outcome = smallOutcome('exact', [0.1, 0.2, 0.3].slice(0, d), 0.1)
    const made = cornerFigure({ ...corner, outcomes: [outcome] })
    expectSound(made)
    const axes = Object.keys(made.layout).filter((key) => key.startsWith('xaxis'))
    expect(axes).toHaveLength((d * (d + 1)) / 2)
  }
  expect(axisOf(figure, 'x').range).toEqual(axisOf(figure, 'x3').range)
  // The lower right panel is the marginal of the second, whose range is that of the joint panel's vertical axis.
  expect(axisOf(figure, 'x4').range).toEqual(axisOf(figure, 'y3').range)
})

describe('joint regions', () => {
  it('fill the posterior in front, the widest below, and outline the others over it', () => {
    const regions = figure.data.filter(({ name }) => / %$/.test(String(name)) && !String(name).includes(','))
    expect(regions.map(({ name, fill }) => [name, fill])).toEqual([
      ...['exact 99 %', 'exact 95 %', 'exact 68 %'].map((name) => [name, 'toself']),
      ...['binned 68 %', 'binned 95 %'].map((name) => [name, undefined]),
    ])
  })

  it('lie about the posterior in its own colour, and hold more for more mass', () => {
    const [inner] = named(figure, 'exact 68 %')
    const [outer] = named(figure, 'exact 95 %')
    expect(inner).toMatchObject({ xaxis: 'x3', yaxis: 'y3', line: { color: kindStyles.exact.colour } })
    expect(mean(inner.x)).toBeCloseTo(0.45, 1)
    expect(mean(inner.y)).toBeCloseTo(-0.65, 1)
    const reach = ({ x }: typeof inner) => Math.max(...x.map((at) => Math.abs((at ?? 0.45) - 0.45)))
    expect(reach(outer)).toBeGreaterThan(1.3 * reach(inner))
    // Widths of 0.4 and 0.05: the outline of the counts goes round all of the other.
    expect(reach(named(figure, 'binned 95 %')[0])).toBeGreaterThan(4 * reach(outer))
  })

  it('are labelled by their mass, in the panel they are in', () => {
    const labels = (figure.layout.annotations as { text: string; xref: string; yref: string }[]).filter(
      ({ text }) => /^\d+ %$/.test(text),
    )
    expect(labels.map(({ text, xref, yref }) => `${text} ${xref} ${yref}`)).toEqual(
      ['68 %', '95 %', '99 %'].map((mass) => `${mass} x3 y3`),
    )
  })
})

describe('marginals', () => {
  const diagonal = tracesOf(figure).filter(({ xaxis, showlegend }) => xaxis === 'x' && showlegend === false)

  it('are scaled to their peaks, that in front filled', () => {
    const curves = diagonal.filter(({ x }) => x.length > 2)
    expect(curves.map(({ line, fill }) => [line?.color, fill])).toEqual([
      [kindStyles.exact.colour, 'tozeroy'],
      [kindStyles.binned.colour, undefined],
    ])
    for (const { y } of curves) expect(Math.max(...y.map(Number))).toBe(1)
    const peak = curves[0].x[curves[0].y.indexOf(1)]
    expect(Math.abs((peak ?? 0) - 0.45)).toBeLessThan(0.05)
  })

  it('stand over bars of their 68 and 95 % sets, thick and thin, kinds one below the other', () => {
    const { highestDensity } = exact.summaries[0]
    const bars = diagonal.filter(({ x, line }) => x.length === 2 && line?.color === kindStyles.exact.colour)
    expect(bars.map(({ x, y, line }) => [x, y, line?.width])).toEqual(
      (
        [
          [1, 2],
          [0, 6],
        ] as const
      ).map(([which, width]) => {
        const [{ low, high }] = highestDensity[which].segments
        return [[low, high], [-0.18, -0.18], width]
      }),
    )
    expect(axisOf(figure, 'y').range).toEqual([-0.24, 1.12])
  })

  it('have the SM dotted and the truth dashed through them', () => {
    const lines = shapesOf(figure).filter(({ type, xref }) => type === 'line' && xref === 'x')
    expect(lines.map(({ x0, x1, line }) => [x0, x1, line.dash])).toEqual([
      [0, 0, 'dot'],
      [0.45, 0.45, 'dash'],
    ])
  })
})

it('marks the SM, both best fits and the truth in the joint panel, none of them cut off', () => {
  const marks = tracesOf(figure).filter(({ mode, xaxis }) => mode === 'markers' && xaxis === 'x3')
  expect(marks.map(({ x, y, marker }) => [x[0], y[0], marker?.symbol])).toEqual([
    [0, 0, 'star-diamond-open'],
    [0.4, -0.6, 'circle'],
    [0.45, -0.65, 'square'],
    [0.45, -0.65, 'x-thin'],
  ])
  const joint = tracesOf(figure).filter(({ xaxis }) => xaxis === 'x3')
  for (const trace of joint) expect(beyondFrame(figure, trace)).toEqual([])
})

it('says over each marginal the 68 % set of the posterior in front', () => {
  const titles = textsOf(figure).filter((text) => text.includes('∈'))
  const sets = exact.summaries.map(({ highestDensity }) => highestDensity[0].segments.map(segmentText))
  expect(titles.map((text) => text.replace(/^.*∈ /, ''))).toEqual(
    sets.map((set) => `${set.join(' ∪ ')}, 68 %`),
  )
})

it('names every look in the legend, and the axes at their ends', () => {
  expect(legendOf(figure)).toEqual(['binned', 'exact, filled', 'truth', 'Standard Model'])
  const entries = tracesOf(figure).filter(({ x }) => x.length === 1 && x[0] === null)
  expect(entries.map(({ line, marker }) => [line?.color ?? null, marker?.symbol])).toEqual([
    [kindStyles.binned.colour, 'circle'],
    [kindStyles.exact.colour, 'square'],
    [paperTheme.inkSoft, 'x-thin'],
    [paperTheme.inkSoft, 'star-diamond-open'],
  ])
  const unit = ' [TeV<sup>−2</sup>]'
  expect(textsOf(figure).filter((text) => text.endsWith(unit)).length).toBe(3)
  expect(textsOf(figure).at(-1)).toBe('LO')
})

it('has symbols alone at the axes of many parameters, and their unit once', () => {
  const names = ['td8', 'tq8', 'tu8', 'Qu8', 'Qd8']
  const one = smallOutcome('exact', [0.1, 0.2, 0.3], 0.1)
  const many = cornerFigure({ ...corner, outcomes: [{ ...one, names, pairs: [] }] })
  expect(textsOf(many).filter((text) => text.includes('TeV'))).toEqual(['LO<br>all in TeV<sup>−2</sup>'])
  expect(Object.keys(many.layout).filter((key) => key.startsWith('yaxis'))).toHaveLength(15)
})

it('draws the 95 % region of toys as a line of its own', () => {
  const axis = Float64Array.of(-1, 0, 1)
  const pValues = Float64Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0)
  const region = { names: ['td8', 'tq8'], axes: [axis, axis], pValues }
  const withToys = cornerFigure({ ...corner, toyRegions: [{ kind: 'exact', region: region as never }] })
  expectSound(withToys)
  const [line] = named(withToys, 'exact 95 % by toys')
  expect(line).toMatchObject({ xaxis: 'x3', line: { dash: 'dashdot', color: paperTheme.ink } })
  // p falls from 1 to 0 over one cell: 0.05 is crossed at 0.95 of it.
  expect(Math.max(...line.x.map(Number))).toBeCloseTo(0.95, 10)
  expect(legendOf(withToys)).toContain('95 % by toys, exact')
})

it('draws a posterior of someone else as one more outline under the name of its file', () => {
  const { names, summaries, pairs, best } = smallOutcome('unbinned', [0.1, 0.2], 0.2)
  const foreign = { names, summaries, pairs, best, notes: [], kind: 'foreign' as const, label: 'theirs.txt' }
  const made = cornerFigure({ ...corner, outcomes: [...corner.outcomes, foreign] })
  expectSound(made)
  expect(legendOf(made)).toEqual(['binned', 'exact, filled', 'theirs.txt', 'truth', 'Standard Model'])
  const [outline] = named(made, 'theirs.txt 68 %')
  expect(outline).toMatchObject({ line: { color: kindStyles.foreign.colour, dash: 'longdash' }, xaxis: 'x3' })
  expect(outline.fill).toBeUndefined()
  expect(mean(outline.x)).toBeCloseTo(0.1, 1)
  const alone = cornerFigure({ ...corner, outcomes: [foreign], front: 'foreign', truth: null })
  expect(legendOf(alone)).toEqual(['theirs.txt', 'Standard Model'])
  expect(cornerSummary({ outcomes: [foreign], front: 'foreign' })).toMatch(/of the theirs\.txt posterior/)
})

it('shades what the prior excludes', () => {
  const stripes = (halfWidth: number) =>
    shapesOf(cornerFigure({ ...corner, halfWidth })).filter(({ type }) => type === 'rect')
  expect(stripes(20)).toEqual([])
  const [low, high] = parameterRange('td8', corner)
  const [below, above] = stripes(0.5)
  expect([below.x0, below.x1, above.x0, above.x1]).toEqual([low, -0.5, 0.5, high])
})

it('has the chosen one in front where it is drawn, else one that is', () => {
  expect(frontKind(['binned', 'exact'], 'binned')).toBe('binned')
  expect(frontKind(['binned', 'exact'], 'unbinned')).toBe('exact')
  expect(frontKind([], 'exact')).toBeNull()
})

it('shows all of the 99 % sets, the truth and the SM, and a margin', () => {
  const [low, high] = parameterRange('tq8', corner)
  const { segments } = binned.summaries[1].highestDensity[2]
  expect(low).toBeLessThan(Math.min(segments[0].low, -0.65))
  expect(high).toBeGreaterThan(Math.max(segments[segments.length - 1].high, 0))
  expect(parameterRange('nobody', { ...corner, outcomes: [], truth: null })).toEqual([-2, 2])
})

it('says in words what it shows, and warns of separate modes', () => {
  expect(cornerSummary(corner)).toMatch(/^95 % of the posterior.*binned: C_td⁽⁸⁾ \[.*; exact: C_td⁽⁸⁾ \[/)
  expect(bimodalWarnings([exact])).toEqual([])
  const [warning] = bimodalWarnings([smallOutcome('unbinned', [0.8, 0], 0.1, 0.5)])
  expect(warning.text).toMatch(/^unbinned: C_td⁽⁸⁾ has 2 separate modes, at −0\.\d+ \(\d+ %\) and \+0\.\d+/)
})
