import { describe, expect, it } from 'vitest'
import { longestText } from '../errors.ts'
import type { Notice } from './app-state.ts'
import { withNotice } from './notices.ts'

let id = 0
const note = (text: string, tone: Notice['tone'] = 'info'): Notice => ({ id: ++id, tone, text, times: 1 })
const told = (...added: Notice[]) => added.reduce<Notice[]>(withNotice, [])

describe('notices', () => {
  it('that are equal are one, with its id, told last and counted', () => {
    const [first, other] = [note('a.csv is empty', 'error'), note('b.csv is empty', 'error')]
    const shown = told(first, other, note('a.csv is empty', 'error'), note('a.csv is empty', 'error'))
    expect(shown).toEqual([other, { ...first, times: 3 }])
  })

  it('offer the choices they were last told with', () => {
    const choice = (label: string) => [{ label, run: () => undefined }]
    const shown = told({ ...note('x'), choices: choice('old') }, { ...note('x'), choices: choice('new') })
    expect(shown.map(({ times, choices }) => [times, choices?.[0].label])).toEqual([[2, 'new']])
  })

  it('of another tone are another', () => {
    expect(told(note('x'), note('x', 'warning'))).toHaveLength(2)
  })

  it('are five at most: news make room before warnings, warnings before errors', () => {
    const errors = ['a', 'b', 'c'].map((text) => note(text, 'error'))
    const shown = told(...errors, note('w', 'warning'), note('n1'), note('n2'), note('n3'))
    expect(shown.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'w', 'n3'])
    const more = withNotice(withNotice(shown, note('d', 'error')), note('e', 'error'))
    expect(more.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(withNotice(more, note('news')).map(({ text }) => text)).toEqual(['b', 'c', 'd', 'e', 'news'])
  })

  it('are no longer than can be read, and equal when they are equal as shown', () => {
    const long = (n: number) => note(`x.csv: ${'y '.repeat(1000)}`, n ? 'error' : 'info')
    const shown = told(long(1), long(1))
    expect(shown).toHaveLength(1)
    expect(shown[0].text).toHaveLength(longestText)
  })
})
