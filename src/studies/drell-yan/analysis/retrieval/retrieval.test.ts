import { describe, expect, it } from 'vitest'
import { chi2Survival } from '../../../../statistics/special.ts'
import { smallBins as bins, smallCorpus } from '../../../../testing/small-universes.ts'
import '../../../../testing/matchers.ts'
import { evaluateRetrieval } from './evaluate.ts'
import { rankUniverses } from './ranking.ts'
import { contourChi2, smContours, universesInside } from './sm-contours.ts'

const { header, encoder, embedding } = await smallCorpus({ setup: { universes: 80 } })

describe('evaluation of retrieval', () => {
  function evaluate(query: 'mean' | 'replica') {
    const steps = evaluateRetrieval(
      header.universeModel,
      header.whitenedMeans,
      { id: 'learned', mlp: encoder.mlp },
      { seed: 2, order: 'linear', queries: 40, query },
    )
    let step = steps.next()
    while (!step.done) step = steps.next()
    return step.value.representations
  }

  it('all directions of spectra without noise are the truth; a linear network is PCA-2', () => {
    const [learned, pca2, pca5, whole] = evaluate('mean')
    expect(whole.recall[0].value).toBe(1)
    expect(whole.trustworthiness).toBe(1)
    expect(whole.ndcg).toBeCloseToRel(1, 1e-9)
    // The network is float32 and was fitted to universes without negative bins.
    expect(learned.distanceCorrelation).toBeCloseToRel(pca2.distanceCorrelation, 0.02)
    expect(pca5.distanceCorrelation).toBeGreaterThan(pca2.distanceCorrelation)
  })

  it('noise takes its share even from the true answer', () => {
    const whole = evaluate('replica')[3]
    expect(whole.name).toBe('all directions')
    expect(whole.recall[0].value).toBeLessThan(1)
    expect(whole.recall[2].value).toBeGreaterThan(whole.recall[0].value)
  })
})

describe('ranking', () => {
  const gallery = {
    count: header.table.count,
    latent: embedding.universes,
    whitened: header.whitenedMeans,
    coefficients: header.table.coefficients,
    halfWidth: header.universeModel.prior.halfWidth,
  }

  it('puts a universe first in every space, and leaves Wilson space out where nobody knows the coefficients', () => {
    const query = {
      latent: embedding.universes.subarray(14, 16),
      whitened: header.whitenedMeans.subarray(7 * bins, 8 * bins),
      coefficients: header.table.coefficients.subarray(7 * 17, 8 * 17),
    }
    const [first] = rankUniverses(gallery, query, 'latent', 5)
    expect(first.universe).toBe(7)
    for (const space of ['latent', 'spectrum', 'wilson'] as const)
      expect(first.places[space]).toEqual({ distance: 0, rank: 1 })
    const [unknown] = rankUniverses(gallery, { ...query, coefficients: undefined }, 'spectrum', 1)
    expect(Object.keys(unknown.places)).toEqual(['latent', 'spectrum'])
  })
})

describe('contours of the SM', () => {
  it.each([
    [1, 2.3],
    [3, 11.83],
    [6, 40.1],
  ])('%s sigma in two dimensions is chi2 = %s, by enclosed probability', (sigmas, chi2) => {
    expect(contourChi2(sigmas, 2, 'probability')).toBeCloseToRel(chi2, 2e-3)
    expect(contourChi2(sigmas, 2, 'ellipse')).toBe(sigmas ** 2)
  })

  it('hold as much in five dimensions as in one', () => {
    expect(chi2Survival(contourChi2(3, 5, 'probability'), 5)).toBeCloseToRel(2.699796e-3, 1e-6)
  })

  it('on a linear map distances never exceed those of the spectra', () => {
    const contours = smContours(encoder.mlp, header.whitenedMeans, embedding.universes, bins)
    expect(contours.latentChi2[0]).toBeLessThan(0.02) // the SM, up to the sample's own centre
    expect(contours.fisherChi2[0]).toBe(0)
    contours.latentChi2.forEach((value, u) =>
      expect(Math.sqrt(value)).toBeLessThan(1.1 * Math.sqrt(contours.fisherChi2[u]) + 0.1),
    )
    const inside = universesInside(contours.latentChi2, 11.83)
    expect(inside[0]).toBe(0)
    expect(
      inside.every((u, i) => i === 0 || contours.latentChi2[u] >= contours.latentChi2[inside[i - 1]]),
    ).toBe(true)
  })
})
