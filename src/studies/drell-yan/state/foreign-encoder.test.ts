import { expect, it } from 'vitest'
import type { LoadedEncoder } from '../analysis/dataset-types.ts'
import { smallModelFiles } from '../../../testing/small-encoder.ts'
import { answerOpening, smallApp } from '../../../testing/small-app.ts'
import { smallCorpus } from '../../../testing/small-universes.ts'
import { tellForeignEncoder } from './foreign-encoder.ts'

const corpus = await smallCorpus()
const { manifest, manifestHash } = corpus.header
const trainedOn = JSON.parse((await smallModelFiles(11)).card) as NonNullable<LoadedEncoder['card']>

it.each([
  ['other data', 'ab'.repeat(32), 1],
  ['these data', manifestHash, 0],
])('an encoder of %s is told as often as it comes', async (_, manifestSha256, times) => {
  const { store, compute, actions, notices: told } = smallApp()
  tellForeignEncoder(store, actions)
  const card = { ...trainedOn, dataset: { id: 'small-dy', manifestSha256 } }
  const encoder = { ...corpus.encoder, id: 'mine', card }
  await answerOpening(compute.newest('open-dataset'), { ...corpus, encoder })
  const notices = told()
  expect(notices).toHaveLength(times)
  const words = `Encoder mine was trained on dataset small-dy abababab, open is ${manifest.id} ${manifestHash.slice(0, 8)}`
  for (const { tone, text } of notices) {
    expect(tone).toBe('warning')
    expect(text).toContain(words)
  }
})
