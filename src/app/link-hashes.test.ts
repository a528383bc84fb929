import { expect, it } from 'vitest'
import type { AppState } from '../state/app-state.ts'
import { otherContent } from './link-hashes.ts'

const state = {
  dataset: {
    value: {
      header: { manifest: { id: 'dy' }, manifestHash: 'aaaabbbbccccdddd' },
      encoder: { id: 'supcon', hash: '111122223333444' },
    },
  },
} as unknown as AppState

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
