import { expect, it } from 'vitest'
import { markupLines } from './markup.ts'

it('reads lines, italics, scripts and colours', () => {
  expect(markupLines('<i>p</i><sub>T</sub><sup>μ</sup> > 25<br><b>√<i>s</i></b>')).toEqual([
    [
      { text: 'p', italic: true },
      { text: 'T', script: 'sub' },
      { text: 'μ', script: 'sup' },
      { text: ' > 25' },
    ],
    [
      { text: '√', bold: true },
      { text: 's', bold: true, italic: true },
    ],
  ])
  expect(markupLines('<span style="color:rgb(1, 2, 3)">a<br>b</span>c')).toEqual([
    [{ text: 'a', colour: 'rgb(1, 2, 3)' }],
    [{ text: 'b', colour: 'rgb(1, 2, 3)' }, { text: 'c' }],
  ])
})

it('shows what names hold as text, and knows no other tag', () => {
  expect(markupLines('&lt;i&gt; &amp;amp; <a href="x">')).toEqual([[{ text: '<i> &amp; <a href="x">' }]])
})
