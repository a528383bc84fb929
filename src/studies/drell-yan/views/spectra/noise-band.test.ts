import { expect, it } from 'vitest'
import { conditionalErrors, totalErrors } from '../../analysis/agreement.ts'
import { smallCorpus } from '../../../../testing/small-universes.ts'
import { noiseBand } from './noise-band.ts'

const { header } = await smallCorpus()
const { universeModel: model } = header

it('is the total uncertainty, but what other bins leave where a K factor is free', () => {
  expect(noiseBand(model, false)).toEqual({ name: 'total uncertainty', errors: totalErrors(model) })
  expect(noiseBand(model, true)).toEqual({
    name: 'error given the others',
    errors: conditionalErrors(model),
  })
})
