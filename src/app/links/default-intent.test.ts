import { defaultLinkIntent, linkIntent } from '../../testing/links.ts'
import { expect, it } from 'vitest'

it('is what the schema makes of nothing', () => {
  expect(defaultLinkIntent).toEqual(linkIntent({}))
})
