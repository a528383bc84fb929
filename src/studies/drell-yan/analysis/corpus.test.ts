import { describe, expect, it } from 'vitest'
import { readNpy } from '../../../dataset/npy.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import { numpyIsHere, runNumpy } from '../../../testing/numpy.ts'
import { smallBins, smallCorpus, smallSetup } from '../../../testing/small-universes.ts'
import { toyPdf } from '../../../testing/toy-pdf.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCorpus } from './corpus.ts'
import { replicaSpectrum } from './replicas.ts'
import { universeSpectra } from './universes.ts'

const fractions: number[] = []
const { manifest, files } = await makeCorpus(smallSetup, toyPdf(), 'made-here', {
  afterTemplates: (fraction) => Promise.resolve(void fractions.push(0.5 * fraction)),
  afterRows: ({ universes, of }) => Promise.resolve(void fractions.push(0.5 + 0.5 * (universes / of))),
})
const file = (name: string) => {
  const found = files.find((entry) => entry.name === name)
  if (!found) throw new Error(`no file ${name}`)
  return found.bytes
}

describe('a corpus on the default bins', () => {
  it('says what it is', () => {
    expect(manifest).toMatchObject({
      schemaVersion: 1,
      id: 'made-here',
      sqrtSGeV: 13_000,
      order: 'linear',
      operators: [...operatorNames],
      universes: 12,
      replicasPerUniverse: 3,
      seed: 5,
      prior: { name: 'balanced-3-sigma' },
    })
    expect(manifest.observables.map(({ name, edges }) => [name, edges.length - 1])).toEqual([
      ['mll', 42],
      ['ptl', 29],
    ])
    expect(manifest.prior.halfWidth).toHaveLength(17)
  })

  it('has arrays of the shapes that the manifest promises', () => {
    const shapes = Object.fromEntries(
      Object.entries(manifest.arrays).map(([name, { shape }]) => [name, shape]),
    )
    expect(shapes).toEqual({
      sm: [71],
      linear: [17, 71],
      quadratic: [153, 71],
      covariance: [71, 71],
      coefficients: [12, 17],
      flags: [12],
      spectra: [36, 71],
    })
    for (const { file: name, shape } of Object.values(manifest.arrays))
      expect(readNpy(file(name)).shape).toEqual(shape)
  })

  it('reports a growing fraction', () => {
    expect(fractions.length).toBeGreaterThan(3)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(fractions[0]).toBeGreaterThanOrEqual(0)
    expect(fractions[fractions.length - 1]).toBeLessThanOrEqual(1)
  })

  it('makes the same bytes again', async () => {
    const again = await makeCorpus(smallSetup, toyPdf(), 'made-here')
    expect(again.files).toEqual(files)
  })

  const folder = 'numpy reading a corpus'
  it.skipIf(!numpyIsHere(folder))('is one numpy.load away: mean of rows near sm + C linear', () => {
    const path = mkdtempSync(join(tmpdir(), 'corpus-'))
    try {
      for (const { name, bytes } of files) writeFileSync(join(path, name), bytes)
      const printed = runNumpy(`
import json, numpy as np
d = ${JSON.stringify(path)} + '/'
m = json.load(open(d + 'manifest.json'))
a = {k: np.load(d + v['file'], allow_pickle=False) for k, v in m['arrays'].items()}
mean = a['sm'] + a['coefficients'] @ a['linear']
rows = a['spectra'].reshape(m['universes'], m['replicasPerUniverse'], -1)
w = np.linalg.solve(np.linalg.cholesky(a['covariance']), (rows - mean[:, None]).reshape(-1, len(a['sm'])).T)
print(json.dumps([a['spectra'].dtype.str, a['flags'].dtype.str, float((w ** 2).mean()), w.size]))`)
      const [spectra, flags, variance, count] = JSON.parse(printed) as [string, string, number, number]
      expect([spectra, flags]).toEqual(['<f4', '|u1'])
      expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / count))
    } finally {
      rmSync(path, { recursive: true })
    }
  })
})

describe('rows of a corpus', () => {
  it('are the replicas of the generator, universe by universe', async () => {
    const { header, spectra } = await smallCorpus()
    const means = universeSpectra(header.universeModel.templates, header.table, 'linear')
    for (const [universe, replica] of [
      [0, 0],
      [4, 2],
      [11, 1],
    ]) {
      const mean = means.subarray(universe * smallBins, (universe + 1) * smallBins)
      const row = (universe * 3 + replica) * smallBins
      expect(spectra.slice(row, row + smallBins)).toEqual(
        Float32Array.from(replicaSpectrum(header.universeModel.whitening, mean, 5, universe, replica)),
      )
    }
  })

  it('depend on the seed, templates do not', async () => {
    const a = await smallCorpus()
    const b = await smallCorpus({ setup: { seed: 6 } })
    for (const name of ['sm.npy', 'linear.npy', 'quadratic.npy', 'covariance.npy'])
      expect(b.files.get(name)).toEqual(a.files.get(name))
    for (const name of ['coefficients.npy', 'spectra.npy'])
      expect(b.files.get(name)).not.toEqual(a.files.get(name))
  })
})
