import { describe, expect, it } from 'vitest'
import { foldBatchNorm, initialiseParameters } from '../../../ml/encoder-parameters.ts'
import { runMlp } from '../../../ml/mlp.ts'
import { loadRowEncoder } from '../../../ml/row-encoder.ts'
import { createRng } from '../../../numerics/rng.ts'
import type { RowChunk } from './dataset-types.ts'
import { smallBins as bins, smallModel } from '../../../testing/small-universes.ts'
import { replicaSpectrum } from './replicas.ts'
import { drawReplicas, embedSpectra } from './row-embedding.ts'
import { drawUniverses, universeSpectra } from './universes.ts'
import { whitenSpectra } from './whitening.ts'

const model = smallModel()
const encoder = foldBatchNorm(
  initialiseParameters({ features: bins, widths: [12], latentDim: 2 }, createRng(2)),
)
const encode = await loadRowEncoder(encoder)
const table = drawUniverses(model, 9, 3)
const means = universeSpectra(model.templates, table, 'linear')
const whitenedMeans = whitenSpectra(model.whitening, means, table.count)

/** All latent rows in place, after a check that the chunks cover each row once and in order. */
function assemble(chunks: Iterable<RowChunk>): Float32Array {
  const parts: number[] = []
  let rows = 0
  for (const chunk of chunks) {
    expect(chunk.firstRow).toBe(rows)
    expect(chunk.latent.length).toBe(2 * chunk.rows)
    rows += chunk.rows
    parts.push(...chunk.latent)
  }
  return Float32Array.from(parts)
}

function expectClose(a: Float32Array, b: Float32Array): void {
  expect(a.length).toBe(b.length)
  a.forEach((value, i) => expect(value).toBeCloseTo(b[i], 3))
}

describe('replicas drawn in the page', () => {
  it('are the replicas of the generator, whitened and encoded', () => {
    const perUniverse = 4
    const firstReplica = 10
    const drawn = assemble(drawReplicas(whitenedMeans, bins, encode, perUniverse, firstReplica, 6))
    const spectra = new Float64Array(9 * perUniverse * bins)
    for (let u = 0; u < 9; u++)
      for (let r = 0; r < perUniverse; r++)
        spectra.set(
          replicaSpectrum(model.whitening, means.subarray(u * bins, (u + 1) * bins), 6, u, firstReplica + r),
          (u * perUniverse + r) * bins,
        )
    expectClose(
      drawn,
      runMlp(encoder, whitenSpectra(model.whitening, spectra, 9 * perUniverse), 9 * perUniverse),
    )
  })

  it.each([1, 300, 1500])(
    'come in order for %i replicas per universe, each chunk one or more universes',
    (perUniverse) => {
      const chunks = [...drawReplicas(whitenedMeans, bins, encode, perUniverse, 0, 6)]
      const latent = assemble(chunks)
      expect(latent.length).toBe(2 * 9 * perUniverse)
      for (const chunk of chunks) expect(chunk.firstRow % perUniverse).toBe(0)
      // The first replica of universe 5 does not depend on how many others are drawn beside it.
      const alone = assemble(drawReplicas(whitenedMeans, bins, encode, 1, 0, 6))
      expectClose(latent.slice(2 * 5 * perUniverse, 2 * 5 * perUniverse + 2), alone.slice(10, 12))
    },
  )
})

describe('stored spectra', () => {
  it('are embedded row by row whatever the blocks', () => {
    const rows = 2300
    const spectra = new Float32Array(rows * bins)
    for (let r = 0; r < rows; r++)
      spectra.set(replicaSpectrum(model.whitening, model.templates.sm, 1, 0, r), r * bins)
    const chunks = [...embedSpectra(model, encode, spectra, rows)]
    expect(chunks.length).toBeGreaterThan(2)
    const whole = runMlp(encoder, whitenSpectra(model.whitening, spectra, rows), rows)
    expectClose(assemble(chunks), whole)
  })

  it('stop at the rows that have arrived', () => {
    const spectra = new Float32Array(50 * bins)
    expect(assemble(embedSpectra(model, encode, spectra, 20)).length).toBe(40)
    expect([...embedSpectra(model, encode, spectra, 0)]).toEqual([])
  })
})
