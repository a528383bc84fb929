import { expect, it } from 'vitest'
import { drawn, drawnElements, numbersOf } from '../../testing/svg-parts.ts'
import { miniSize, miniSpectrum } from './mini-spectrum.ts'
import { MiniSpectrum } from './MiniSpectrum.tsx'

const input = { edges: [1, 10, 100], values: [20, 1], reference: [10, 1] }

it('lays a spectrum above its ratio, in steps', () => {
  const paths = miniSpectrum({ ...input, logX: true, logY: true })
  const { width, upper, gap, lower } = miniSize
  // Equal decades are equally wide.
  expect(paths.values.match(/H[\d.]+/g)).toEqual([`H${(width / 2).toFixed(1)}`, `H${width.toFixed(1)}`])
  // 20 is twice the reference: the axis ends at 0 and 2, and the step lies at its upper end.
  expect([paths.low, paths.high]).toEqual([0, 2])
  expect(numbersOf(paths.ratio)[1]).toBe(upper + gap)
  expect(paths.one).toBe(upper + gap + lower / 2)
})

it('has gaps where a logarithm or a ratio has no value, and divides by the width of bins', () => {
  const gaps = miniSpectrum({ edges: [0, 1, 2, 4], values: [-1, 2, 4], reference: [1, 0, 4], logY: true })
  expect(gaps.values.match(/M/g)).toHaveLength(1)
  expect(gaps.ratio.match(/M/g)).toHaveLength(2)
  const flat = miniSpectrum({ edges: [0, 1, 3], values: [1, 2], reference: [1, 2], density: true })
  const [, first] = numbersOf(flat.values)
  expect(flat.values).toContain(`V${first.toFixed(1)}`)
})

it('tells its axes in words', () => {
  const elements = drawnElements(
    <MiniSpectrum {...input} colour="#5790fc" title="m, 1 to 100 GeV" ratioTitle="ratio to SM" />,
  )
  expect(drawn(elements, '.mini-values').map(({ at }) => at.stroke)).toEqual(['#5790fc', '#5790fc'])
  expect(drawn(elements, 'figcaption')[0].text).toBe('m, 1 to 100 GeV; below ratio to SM, 0 to 2.0')
})
