import { expect, it } from 'vitest'
import { runMlp } from '../../../ml/mlp.ts'
import { principalAxes, project } from '../../../statistics/gaussian-limit.ts'
import { smallBins as bins, smallCorpus, smallModel } from '../../../testing/small-universes.ts'
import { datasetHeader } from './header.ts'
import { linearEncoder, linearEncoderId } from './linear-encoder.ts'
import { drawUniverses } from './universes.ts'

const { manifest } = await smallCorpus()
const model = smallModel()
const header = datasetHeader(manifest, 'ab'.repeat(32), model, drawUniverses(model, 300, 2), null)

it('is the projection on the first two principal axes of the whitened universes', () => {
  const { mlp, id, card } = linearEncoder(header)
  expect([id, card]).toEqual([linearEncoderId, null])
  const axes = principalAxes(Float64Array.from(header.whitenedMeans), 300, bins)
  const projected = project(axes, header.whitenedMeans, 300, bins, 2)
  const latent = runMlp(mlp, header.whitenedMeans, 300)
  latent.forEach((z, i) => expect(Math.abs(z - projected[i])).toBeLessThan(1e-4))
})

it('has uncorrelated axes centred on the universes, the wider one first', () => {
  const latent = runMlp(linearEncoder(header).mlp, header.whitenedMeans, 300)
  let [x, y, xx, xy, yy] = [0, 0, 0, 0, 0]
  for (let u = 0; u < 300; u++) {
    x += latent[2 * u] / 300
    y += latent[2 * u + 1] / 300
    xx += latent[2 * u] ** 2 / 300
    xy += (latent[2 * u] * latent[2 * u + 1]) / 300
    yy += latent[2 * u + 1] ** 2 / 300
  }
  expect(Math.abs(x) + Math.abs(y)).toBeLessThan(1e-4)
  expect(Math.abs(xy) / Math.sqrt(xx * yy)).toBeLessThan(1e-4)
  expect(xx).toBeGreaterThan(yy)
})

it('leaves flagged universes out of its axes', () => {
  const flags = new Uint8Array(300)
  flags[7] = 1
  const whitenedMeans = header.whitenedMeans.slice()
  whitenedMeans.fill(1e6, 7 * bins, 8 * bins)
  const table = { ...header.table, flags }
  const { mlp } = linearEncoder({ ...header, table, whitenedMeans })
  const without = linearEncoder({ ...header, table })
  expect(mlp).toEqual(without.mlp)
})

it('is named after the dataset it belongs to', () => {
  expect(linearEncoder(header).hash).toBe(`pca-${'ab'.repeat(8)}`)
})
