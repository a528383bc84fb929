import { expect, it } from 'vitest'
import { parseWidths } from './widths.ts'

it('reads widths with any separator and refuses what the schema does not allow', () => {
  expect(parseWidths('128, 64;32')).toEqual({ values: [128, 64, 32] })
  for (const bad of ['', '3', '513', '64.5', 'wide', '8 8 8 8 8 8'])
    expect(parseWidths(bad)).toHaveProperty('complaint')
})
