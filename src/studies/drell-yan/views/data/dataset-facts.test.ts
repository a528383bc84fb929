import { expect, it } from 'vitest'
import { smallDataset } from '../../../../testing/small-dataset.ts'
import { datasetBytes, datasetFacts, formatBytes, numpyRecipe } from './dataset-facts.ts'

it('says what was simulated, how, and under which hash', async () => {
  const { manifest, files } = await smallDataset()
  const facts = new Map(datasetFacts(manifest, 'abc'))
  expect(facts.get('√s')).toBe('13 TeV')
  expect(facts.get('cuts')).toBe('none: full phase space')
  expect(facts.get('bins')).toBe('3 in m_ll, 50 to 70 GeV')
  expect(facts.get('manifest')).toBe('sha256 abc')
  expect(datasetBytes(manifest)).toBe(
    [...files.values()].reduce((sum, { length }) => sum + length, 0) - jsonBytes(files),
  )
})

/** The manifest itself is no array. */
function jsonBytes(files: Map<string, Uint8Array>): number {
  return files.get('manifest.json')?.length ?? 0
}

it('gives a line that numpy understands', async () => {
  const { manifest } = await smallDataset()
  expect(numpyRecipe(manifest)).toBe(
    'import numpy as np\nspectra = np.load("spectra.npy")  # (10, 3), events',
  )
  expect(numpyRecipe({ ...manifest, arrays: {} })).toBe('')
})

it('writes sizes as the decimal units of disks and networks', () => {
  expect([12, 5_680_128, 40_456, 2.84e9].map(formatBytes)).toEqual(['12 B', '5.68 MB', '40.5 kB', '2.84 GB'])
})
