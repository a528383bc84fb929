import { expect, it } from 'vitest'
import { createRng } from '../../../../numerics/rng.ts'
import { normalCdf } from '../../../../statistics/special.ts'
import { toyEvents } from '../../../../testing/toy-events.ts'
import { linearEncoder, type MapEncoder } from '../map-encoder.ts'
import { distanceReport, type DistanceRequest, type PairDistances } from './distance-report.ts'
import { placements } from './placement.ts'
import { limitCheck } from './limit-check.ts'
import { independentSets } from './independent-sets.ts'
import { nearestModels, orderOfPairs, representatives } from './order-of-pairs.ts'
import { encoderOfSize, setSizeCurve } from './set-size-curve.ts'

const models = [0, 0, 0.5, 1.5].map((shift, k) => toyEvents(`toy-${k}`, 2000, shift))
const encoder = linearEncoder(models, 4)
const base: DistanceRequest = {
  ...{ models, encoder, seed: 1, pairs: null, supervised: [], exact: true },
  training: { epochs: 2, widths: [16], batch: 64, learningRate: 5e-3 },
}

async function reported(over: Partial<DistanceRequest> = {}) {
  const fractions: number[] = []
  const pairs: PairDistances[] = []
  for await (const event of distanceReport({ ...base, ...over }))
    if (event.kind === 'pair') pairs.push(event.pair)
    else fractions.push(event.fraction)
  return { pairs, fractions }
}

const { pairs, fractions } = await reported()

it('sets for areas under curves share events within a block alone', () => {
  const indices = Uint32Array.from({ length: 800 }, (_, i) => i)
  const { places, sets, together } = independentSets(models[0], indices, 4, createRng(1))
  expect([sets, together]).toEqual([20 * 40, 40])
  const blockOf = new Map<number, number>()
  places.forEach((event, at) => {
    const block = Math.floor(at / (together * 4))
    expect(blockOf.get(event) ?? block).toBe(block)
    blockOf.set(event, block)
  })
  expect(blockOf.size).toBe(800)
  // Few events make few blocks; too few no set.
  expect(independentSets(models[0], indices.slice(0, 9), 4, createRng(1)).sets).toBe(8)
  expect(() => independentSets(models[0], indices.slice(0, 3), 4, createRng(1))).toThrow(
    /4 events, there are 3/,
  )
})

it('distances order models by how far they are apart, and twins are as one', () => {
  expect(pairs.map(({ a, b }) => `${a} ${b}`)).toEqual([
    ...['toy-0 toy-1', 'toy-0 toy-2', 'toy-1 toy-2', 'toy-0 toy-3', 'toy-1 toy-3', 'toy-2 toy-3'],
  ])
  expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true)
  const [twins, near, , far] = pairs
  expect(Math.abs(twins.aucLatent.value - 0.5)).toBeLessThan(4 * twins.aucLatent.error)
  expect(Math.abs(twins.energy.value)).toBeLessThan(4 * twins.energy.error)
  expect(twins.centroid.value).toBeLessThan(4 * twins.centroid.error)
  for (const name of ['centroid', 'pooled', 'energy', 'sliced'] as const)
    expect(far[name].value, name).toBeGreaterThan(near[name].value + 5 * near[name].error)
  // Four events of half a width each: nothing tells more than Φ(0.5 √2), and a map with all of it little less.
  const limit = normalCdf(0.5 * Math.SQRT2)
  expect(near.aucLatent.value).toBeLessThan(limit + 3 * near.aucLatent.error)
  expect(near.aucLatent.value).toBeGreaterThan(limit - 0.03 - 3 * near.aucLatent.error)
  expect(pairs.every(({ aucExact }) => aucExact === null)).toBe(true)
})

it("a pair's numbers do not depend on what else is asked for", async () => {
  const alone = await reported({ pairs: [[1, 3]] })
  expect(alone.pairs).toEqual([pairs[4]])
})

it('a network of each pair finds what there is, as far as it trains', async () => {
  const alone = await reported({ pairs: [[0, 3]], supervised: [1] })
  const [{ perSet, auc }] = alone.pairs[0].aucSupervised
  expect(perSet).toBe(1)
  const limit = normalCdf(1.5 / Math.SQRT2)
  expect(auc.value).toBeLessThan(limit + 3 * auc.error)
  expect(auc.value).toBeGreaterThan(limit - 0.02 - 3 * auc.error)
})

it('a network of the leading jet alone is trained beside it where a limit is known', async () => {
  // These toys, under names of shipped models, differ in MET alone.
  const named = [models[0], models[3]].map((model, k) => ({ ...model, id: ['znunu-j', 'scalar-m500'][k] }))
  const asked = { models: named, supervised: [1], exact: false, jetAlone: true }
  const [pair] = (await reported(asked)).pairs
  expect(pair).toMatchObject({ madeAlike: false, aucExact: null, aucJet: [{ perSet: 1 }] })
  const [{ auc }] = pair.aucJet
  expect(Math.abs(auc.value - 0.5)).toBeLessThan(4 * auc.error)
  expect(pair.aucSupervised[0].auc.value).toBeGreaterThan(0.8)
  expect((await reported({ ...asked, jetAlone: false })).pairs[0].aucJet).toEqual([])
  expect((await reported({ ...asked, models: [models[0], models[3]] })).pairs[0].aucJet).toEqual([])
})

it('the order of pairs and their representatives', () => {
  const ids = models.map(({ id }) => id)
  const known = pairs.map((pair) => ({
    ...pair,
    aucSupervised: [{ perSet: 1, auc: { value: pair.aucLatent.value, error: 0.01 } }],
  }))
  const order = orderOfPairs(known, ids, { perSet: 1, seed: 1 })
  expect(order?.centroid.rho).toBeGreaterThan(0.7)
  expect(order?.centroid.pairs).toBe(6)
  expect(orderOfPairs(pairs, ids, { perSet: 1, seed: 1 })).toBeNull()
  // The one that is far, and one of the others.
  expect(representatives(pairs, ids, 2).medoids).toContain(3)
  const lonely = nearestModels(pairs, ids)
  expect(lonely[0]).toMatchObject({ model: 'toy-3', nearest: 'toy-2', energy: pairs[5].energy })
  expect(lonely).toHaveLength(4)
})

it('larger sets come apart better', async () => {
  const points = []
  const request = {
    models,
    pair: [0, 2] as const,
    sizes: [1, 4, 16],
    encoders: null,
    supervised: false,
    seed: 1,
  }
  for await (const event of setSizeCurve(request)) if (event.kind === 'point') points.push(event.point)
  points.forEach(({ perSet, aucLatent, aucSupervised, aucExact }) => {
    expect([aucSupervised, aucExact]).toEqual([null, null])
    const limit = normalCdf(0.5 * Math.sqrt(perSet / 2))
    expect(Math.abs(aucLatent!.value - limit), `${perSet} events`).toBeLessThan(0.03 + 3 * aucLatent!.error)
  })
})

it('of encoders, deep sets alone take sets of another size', () => {
  const deep: MapEncoder = { ...encoder, perSet: 8, mlp: { ...encoder.mlp, pool: { layers: 1, items: 8 } } }
  const taken = (encoders: MapEncoder[] | null, perSet: number) => encoderOfSize({ models, encoders }, perSet)
  expect(taken([encoder], 16)).toBeUndefined()
  expect(taken([deep, encoder], 4)).toEqual(encoder)
  expect(taken([encoder, deep], 16)).toMatchObject({ perSet: 16, mlp: { pool: { items: 16 } } })
  expect(taken(null, 16)?.perSet).toBe(16)
})

it('a model that the map was made without lies beside the one that is most like it', async () => {
  const all = []
  const encoderWithout = (left: number) =>
    linearEncoder(
      models.filter((_, m) => m !== left),
      4,
    )
  for await (const placement of placements({ models, encoderWithout, seed: 1 })) all.push(placement)
  expect(all.map(({ nearest }) => nearest)).toEqual([
    'toy-1',
    'toy-0',
    expect.stringMatching(/toy-[01]/),
    'toy-2',
  ])
  expect(all.every(({ gridNeighbour }) => gridNeighbour === null)).toBe(true)
})

it('areas above a limit say whether the limit is expected to bound them', () => {
  const aucExact = [{ perSet: 1, auc: { value: 0.6, error: 0 } }]
  const checked = [true, false].map((madeAlike) => ({ ...pairs[0], aucExact, madeAlike }))
  const check = limitCheck(checked, 1, () => ({ value: 0.65, error: 0.01 }))
  expect(check).toMatchObject({ pairs: 2, alike: 1, below: [] })
  expect(check?.above.map(({ madeAlike }) => madeAlike)).toEqual([true, false])
  expect(limitCheck(checked, 1, () => ({ value: 0.62, error: 0.01 }))?.above).toEqual([])
  expect(limitCheck(pairs, 1, () => ({ value: 0.62, error: 0.01 }))).toBeNull()
})
