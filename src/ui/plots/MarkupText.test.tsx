import { expect, it } from 'vitest'
import { drawn, drawnElements } from '../../testing/svg-parts.ts'
import { MarkupBlock, MarkupText } from './MarkupText.tsx'

const style = { x: 10, y: 20, size: 10, colour: '#000000' }

it('sets scripts smaller, below and above, and comes back to the line', () => {
  const elements = drawnElements(<MarkupText markup="<i>m</i><sub>ℓℓ</sub> [GeV]" {...style} />)
  expect(elements[0]).toMatchObject({
    tag: 'text',
    text: 'mℓℓ [GeV]',
    at: { x: '10', y: '20', fill: '#000000' },
  })
  const runs = drawn(elements, 'tspan').slice(1)
  expect(runs.map(({ text, at }) => [text, at['font-style'], at['font-size'], at.dy])).toEqual([
    ['m', 'italic', undefined, undefined],
    ['ℓℓ', undefined, '7', '2.1'],
    [' [GeV]', undefined, undefined, '-2.1'],
  ])
  const [, , sup] = drawn(drawnElements(<MarkupText markup="10<sup>−2</sup>" {...style} />), 'tspan')
  expect(sup.at.dy).toBe('-4.2')
})

it('puts lines below each other, with colours and bold type', () => {
  const markup = '<b>13 TeV</b><br><span style="color:#b0241b">negative</span>'
  const elements = drawnElements(<MarkupText markup={markup} anchor="end" {...style} />)
  const lines = drawn(elements, 'tspan').filter(({ at }) => at.x)
  expect(lines.map(({ at, text }) => [text, at.y])).toEqual([
    ['13 TeV', '20'],
    ['negative', '33'],
  ])
  expect(elements[0].at['text-anchor']).toBe('end')
  expect(elements.find(({ at }) => at.fill === '#b0241b')?.text).toBe('negative')
  expect(elements.find(({ at }) => at['font-weight'] === 'bold')?.text).toBe('13 TeV')
})

it('is the same in HTML, a block for each line; what is no markup of ours stays text', () => {
  const elements = drawnElements(
    <div>
      <MarkupBlock markup="<i>p</i><sub>T</sub><br>&lt;a href&gt;" />
    </div>,
  )
  expect(elements.map(({ tag, text }) => `${tag} ${text}`)).toEqual([
    'div pT<a href>',
    'div pT',
    'i p',
    'sub T',
    'div <a href>',
    'span <a href>',
  ])
})
