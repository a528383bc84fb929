import { describe, expect, it } from 'vitest'
import { runMlp, type Mlp } from '../../../../ml/mlp.ts'
import { neighbourChange, selectionStability, type ComparedMaps } from '../../../../numerics/compared-maps.ts'
import { sharedNeighbours } from '../../../../numerics/neighbour-lists.ts'
import { defaultObservables } from '../../../../physics/drell-yan/default-binning.ts'
import { principalAxes, project } from '../../../../statistics/gaussian-limit.ts'
import { smallCorpus } from '../../../../testing/small-universes.ts'
import { universeSpectra } from '../universes.ts'
import { createWhitening, whitenSpectra } from '../whitening.ts'
import { closedFormEncoder, closedFormMaps } from './closed-form-maps.ts'
import { compareEncoders } from './compare-encoders.ts'

const { header } = await smallCorpus()
const n = header.table.count
const bins = header.universeModel.templates.bins
const pca = closedFormEncoder(header, 'pca-2')!

function run(maps: { id: string; mlp: Mlp }[], neighbours = 3): ComparedMaps {
  const job = compareEncoders({ header, order: 'linear', maps, neighbours })
  let step = job.next()
  while (!step.done) step = job.next()
  return step.value
}

/** The same network with its outputs turned, mirrored and stretched. */
function turned(mlp: Mlp, angle: number, mirror: number, scale: number): Mlp {
  const [c, s] = [scale * Math.cos(angle), scale * Math.sin(angle)]
  const layer = mlp.layers[0]
  const turn = (values: Float32Array) =>
    values.map((_, i) => {
      const [x, y] = [values[i - (i % 2)], mirror * values[i - (i % 2) + 1]]
      return i % 2 ? s * x + c * y : c * x - s * y
    })
  return { layers: [{ ...layer, kernel: turn(layer.kernel), bias: turn(layer.bias) }] }
}

describe('closed-form maps of part of a spectrum', () => {
  it('are those of every observable of the shipped spectra', () => {
    expect(closedFormMaps.flatMap(({ observable }) => observable ?? [])).toEqual(
      defaultObservables.map(({ name }) => name),
    )
  })
  // Whitening the part alone with its own covariance, then PCA: the other road to the same places.
  it.each(['mll', 'ptl'] as const)('%s alone is PCA of that observable whitened by itself', (name) => {
    const observables = header.universeModel.templates.observables
    const size = (observables.find((entry) => entry.name === name)?.edges.length ?? 0) - 1
    const first = name === 'mll' ? 0 : bins - size
    const part = Array.from({ length: size }, (_, i) => first + i)
    const covariance = Float64Array.from(
      part.flatMap((i) => part.map((j) => header.universeModel.covariance[i * bins + j])),
    )
    const sm = Float64Array.from(part, (b) => header.universeModel.templates.sm[b])
    const spectra = universeSpectra(header.universeModel.templates, header.table, 'linear')
    const rows = Float64Array.from(
      Array.from({ length: n }, (_, u) => part.map((b) => spectra[u * bins + b])).flat(),
    )
    const white = Float64Array.from(whitenSpectra(createWhitening(sm, covariance), rows, n))
    const keep = Array.from({ length: n }, (_, u) => u).filter((u) => !header.table.flags[u])
    const means = Float64Array.from(keep.flatMap((u) => Array.from(white.subarray(u * size, (u + 1) * size))))
    const expected = project(principalAxes(means, keep.length, size), white, n, size, 2)
    const found = runMlp(closedFormEncoder(header, `pca-2-${name}`)!.mlp, header.whitenedMeans, n)
    // Axes have no sign; distances to the SM do.
    for (let u = 0; u < n; u++)
      for (let k = 0; k < 2; k++)
        expect(Math.abs(found[2 * u + k])).toBeCloseTo(Math.abs(expected[2 * u + k]), 2)
  })

  it('there is none for an observable or id that is not there', () => {
    expect(closedFormEncoder(header, 'dy-supcon-2d')).toBeNull()
  })
})

describe('maps side by side', () => {
  it('a turned, mirrored, stretched copy is laid back exactly and keeps every neighbour', () => {
    const { maps, jaccard: pairs } = run([pca, { id: 'copy', mlp: turned(pca.mlp, 2, -1, 5) }])
    expect(maps[1].fit).toMatchObject({ mirrored: true })
    expect(maps[1].fit.disparity).toBeLessThan(1e-9)
    for (let i = 0; i < 2 * n; i++) expect(maps[1].aligned[i]).toBeCloseTo(maps[0].xy[i], 3)
    expect([...maps[1].kept]).toEqual(new Array(n).fill(1))
    expect([...pairs]).toEqual([1, 1, 1, 1])
    expect(maps[0].meanKept).toBe(1)
  })

  it('counts what is gained and lost', () => {
    const other = closedFormEncoder(header, 'pca-2-ptl')!
    const compared = run([pca, other])
    const k = compared.neighbours
    for (let u = 0; u < n; u++) {
      const { kept, gained, lost } = neighbourChange(compared, 1, u)
      expect(kept.length + gained.length).toBe(k)
      expect(kept.length + lost.length).toBe(k)
      expect(kept.length / k).toBeCloseTo(compared.maps[1].kept[u], 6)
    }
    expect(compared.maps[1].meanKept).toBeLessThan(1)
    expect(
      sharedNeighbours(compared.maps[0].neighbours, compared.maps[1].neighbours, k, 1),
    ).toBeLessThanOrEqual(k)
  })

  it('a latent space of more dimensions is shown by its principal axes, its neighbours are its own', () => {
    const identity: Mlp = {
      layers: [
        {
          inputs: bins,
          outputs: bins,
          kernel: Float32Array.from({ length: bins * bins }, (_, i) => (i % (bins + 1) ? 0 : 1)),
          bias: new Float32Array(bins),
          activation: 'linear',
        },
      ],
    }
    const { maps } = run([pca, { id: 'all', mlp: identity }])
    expect(maps[1].latentDim).toBe(bins)
    expect(maps[1].meanTrue).toBe(1) // Euclid in whitened bins is the Fisher distance
    expect(maps[1].fit.disparity).toBeLessThan(1e-6) // principal axes of the spectra are PCA-2
    expect(maps[0].meanTrue).toBeLessThanOrEqual(1)
  })

  it('a selection is as stable as its neighbours are', () => {
    const same = run([pca, { id: 'copy', mlp: turned(pca.mlp, 1, 1, 1) }])
    const chosen = new Uint8Array(n)
    expect(selectionStability(same, chosen)).toBeNull()
    chosen.fill(1, 1, 5)
    expect(selectionStability(same, chosen)).toMatchObject({ points: 4, jaccard: 1, error: 0 })
    chosen.fill(1)
    expect(selectionStability(same, chosen)?.purity).toEqual([1, 1])
    expect(selectionStability(run([pca]), chosen)?.jaccard).toBeNull()
  })
})
