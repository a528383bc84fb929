import { expect, it } from 'vitest'
import type { DrellYanState } from './drell-yan-state.ts'
import type { NoticeChoice } from '../../../core/app-state.ts'
import type { DrellYanContext } from '../model.ts'
import { otherContent, shownOtherThanLink, tellOtherContent } from './other-than-link.ts'

const state = {
  dataset: {
    value: {
      header: { manifest: { id: 'dy' }, manifestHash: 'aaaabbbbccccdddd' },
      encoder: { id: 'supcon', hash: '111122223333444' },
    },
  },
} as unknown as DrellYanState

it('is silent when the link and the page have the same data and encoder', () => {
  expect(otherContent(state, {})).toBe('')
  expect(otherContent(state, { dataHash: 'aaaabbbbcccc', modelHash: '111122223333' })).toBe('')
})

it('names what differs, with both digests', () => {
  expect(otherContent(state, { dataHash: '0123456789ab' })).toBe(
    'The link was made with another version of dataset dy: 0123456789ab, this page has aaaabbbbcccc. Numbers and dots may differ.',
  )
  expect(otherContent(state, { modelHash: '0123456789ab' })).toMatch(
    /encoder supcon: 0123456789ab.*111122223333/,
  )
})

it('keeps saying so of what the link opened, and of nothing else', () => {
  const otherThanLink = { manifestHash: 'aaaabbbbccccdddd', encoderHash: '111122223333444', text: 'other' }
  expect(shownOtherThanLink({ ...state, otherThanLink })).toBe('other')
  expect(shownOtherThanLink({ ...state, otherThanLink: { ...otherThanLink, encoderHash: '5' } })).toBe('')
  expect(shownOtherThanLink({ ...state, otherThanLink: null })).toBe('')
})

it('lets the reader keep what differs, marked, or leave the link and its mark', () => {
  let now = {
    ...state,
    dataset: { ...state.dataset, status: 'ready' },
    intent: { dataset: 'dy', model: 'supcon', setup: null },
    otherThanLink: null,
  } as unknown as DrellYanState
  const store = {
    getState: () => now,
    setState: (change: Partial<DrellYanState>) => void (now = { ...now, ...change }),
    subscribe: () => () => undefined,
  } as unknown as DrellYanContext['store']
  const asked: (readonly NoticeChoice[])[] = []
  let left = 0
  const ask = () =>
    tellOtherContent(
      { store, notify: (_tone, _text, choices = []) => void asked.push(choices) },
      { dataHash: '0123456789ab' },
      { label: 'Go back to what was open', run: () => void left++ },
      now.intent,
    )
  ask()
  const [keep, leave] = asked[0]
  keep.run()
  expect(shownOtherThanLink(now)).toMatch(/another version of dataset dy/)
  expect(left).toBe(0)
  expect(leave.label).toBe('Go back to what was open')
  leave.run()
  expect(shownOtherThanLink(now)).toBe('')
  expect(left).toBe(1)
})
