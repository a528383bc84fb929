import { expect, it } from 'vitest'
import { openPdf } from '../../../physics/pdf/open-pdf.ts'
import { buildUniverseModel } from './build-model.ts'
import { corpusMetadata, finish } from './corpus.ts'
import { defaultSetup, type DatasetSetup } from './setup.ts'
import { sparseWords } from './sparse-bins.ts'

it('counts the bins that expect less than one event, with the emptiest', () => {
  const sm = Float64Array.of(1, 2e-6, 4e-6, 1e-5)
  expect(sparseWords(sm, 600)).toBe('')
  expect(sparseWords(sm, 200)).toMatch(/^2 of 4 bins expect less than 1 event, the emptiest 0\.40:/)
})

it('of the usual bins of |y| seven are so, which the dataset says', () => {
  const setup: DatasetSetup = { ...defaultSetup, bins: 'mll-y-fb' }
  const pdf = openPdf(null)
  const { model } = finish(buildUniverseModel(setup, pdf))
  expect(corpusMetadata(setup, pdf, model, 'x').noise.description).toContain(
    '7 of 420 bins expect less than 1 event',
  )
})
