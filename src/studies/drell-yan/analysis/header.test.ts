import { describe, expect, it } from 'vitest'
import { linearEncoderId } from './linear-encoder.ts'
import { smallBins as bins, smallCorpus } from '../../../testing/small-universes.ts'
import '../../../testing/matchers.ts'
import { embedUniverses } from './header.ts'
import type { MeasurementComparison } from './measurement.ts'

const { header, encoder } = await smallCorpus()

describe('the embedding of universes', () => {
  it('has the SM where universe 0 is, and no measurement where there is none', () => {
    const embedding = embedUniverses(header, encoder.mlp)
    expect(encoder.id).toBe(linearEncoderId)
    expect(embedding.latentDim).toBe(2)
    expect(embedding.universes.length).toBe(2 * header.table.count)
    expect(embedding.standardModel).toEqual(embedding.universes.slice(0, 2))
    expect([embedding.measurement, embedding.measurementCovariance]).toEqual([null, null])
  })

  it("gives a measurement the noise's covariance in the latent space: the unit matrix for orthonormal axes", () => {
    const whitened = Float32Array.from({ length: bins }, (_, b) => 0.3 * b)
    const measurement = { whitened } as MeasurementComparison
    const { measurementCovariance } = embedUniverses({ ...header, measurement }, encoder.mlp)
    if (!measurementCovariance) throw new Error('a measurement has an ellipse')
    const [xx, xy, yy] = measurementCovariance
    // 600 draws: 6 % on a variance, 4 % on the off-diagonal.
    expect(Math.abs(xx - 1)).toBeLessThan(0.24)
    expect(Math.abs(yy - 1)).toBeLessThan(0.24)
    expect(Math.abs(xy)).toBeLessThan(0.17)
  })
})
