import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readKnownPairs } from './known-pairs.ts'

const folder = mkdtempSync(join(tmpdir(), 'known-pairs-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

const errors = { centroid: 0.1, aucSupervised: { 1: 0.01 }, aucExact: null }
const pair = { a: 'one', b: 'two', centroid: 2, aucSupervised: { 1: 0.6 }, aucExact: null, errors }

it('takes areas of networks and limits from an answer of latent-distances', async () => {
  const { pairs } = await readKnownPairs(file('good.json', { dataset: 'x', pairs: [pair] }), ['two', 'one'])
  expect(pairs).toEqual([
    {
      ...{ a: 'one', b: 'two', aucExact: null },
      aucSupervised: [{ perSet: 1, auc: { value: 0.6, error: 0.01 } }],
    },
  ])
})

it('refuses another file, and one that lacks a pair', async () => {
  await expect(readKnownPairs(file('bad.json', { pairs: [{ a: 1 }] }), [])).rejects.toThrow(
    /bad.json is no answer of latent-distances/,
  )
  await expect(readKnownPairs(file('few.json', { pairs: [pair] }), ['one', 'two', 'three'])).rejects.toThrow(
    /has 1 pairs and lacks 2 of ours, such as one and three/,
  )
})
