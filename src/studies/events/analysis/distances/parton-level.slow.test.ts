import { expect, it } from 'vitest'
import { loadKernels } from '../../../../kernels/load-kernels.ts'
import { onShell, partonModel, pdf, sqrtS, kernel, twoObservables } from '../../../../testing/parton-model.ts'
import { linearEncoder, loadEncodeSets, splitSeed } from '../map-encoder.ts'
import type { ModelEvents } from '../models.ts'
import { exactLimit, jetModel } from './exact-limits.ts'
import { latentAuc, latentCloud, latentDistances, latentPermutationTest } from './latent-clouds.ts'
import { supervisedAuc } from './supervised-auc.ts'

const kernels = await loadKernels()
const events = 24_000

function supervised(a: ModelEvents, b: ModelEvents, perSet: number, seed = 1) {
  const steps = supervisedAuc({
    ...{ kernels, a, b, perSet, seed, splitSeed, inputsPerEvent: 2, setInputs: twoObservables },
    settings: { epochs: 12 },
  })
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

function limitOf(first: number, second: number) {
  const [a, b] = [first, second].map((mphi) => {
    const steps = jetModel({ id: `${mphi}`, model: onShell(mphi) }, { pdf, sqrtS, kernel })
    let step = steps.next()
    while (!step.done) step = steps.next()
    return step.value
  })
  return exactLimit(a, b, [1, 10]).auc
}

/** A map of these models in sets of ten. */
async function mapped(models: readonly ModelEvents[]) {
  const { scaling, mlp } = linearEncoder(models, 10)
  const encode = await loadEncodeSets({ mlp })
  return models.map((model) => latentCloud(model, { encode, scaling, dimensions: 2, perSet: 10, seed: 1 }))
}

it('networks of two observables come to the limit of 91 and 500 GeV, and no further', async () => {
  const [z, heavy] = await Promise.all([
    partonModel('z', onShell(91.188), events, 11),
    partonModel('heavy', onShell(500), events, 12),
  ])
  const limits = limitOf(91.188, 500)
  for (const [k, perSet] of [1, 10].entries()) {
    const { value, error } = supervised(z, heavy, perSet)
    const limit = limits[k].value
    expect(value, `${perSet} events`).toBeLessThan(limit + 0.005 + 2 * error)
    expect(value, `${perSet} events`).toBeGreaterThan(limit - 0.015 - 2 * error)
  }
  const [ofZ, ofHeavy] = await mapped([z, heavy])
  const learned = latentAuc(ofZ, ofHeavy)
  expect(learned.value).toBeLessThan(limits[1].value + 0.005 + 2 * learned.error)
}, 120_000)

it('twins do not come apart, the same code with a mass changed by a fifth does', async () => {
  const [vector, axial, lighter] = await Promise.all([
    partonModel('vector', onShell(500), events, 21),
    // On one line shape production knows no difference of vector and axial couplings to massless quarks.
    partonModel('axial', { ...onShell(500), mediator: 'axial' }, events, 22),
    partonModel('lighter', onShell(400), events, 23),
  ])
  const twins = supervised(vector, axial, 10)
  expect(Math.abs(twins.value - 0.5)).toBeLessThan(Math.max(0.02, 2 * twins.error))
  const changed = supervised(vector, lighter, 10)
  expect(changed.value).toBeGreaterThan(0.55)
  const [ofVector, ofAxial, ofLighter] = await mapped([vector, axial, lighter])
  const test = (other: typeof ofAxial) =>
    latentPermutationTest(ofVector, other, { permutations: 199, seed: 1 }).p.value
  expect(test(ofAxial)).toBeGreaterThan(0.01)
  expect(latentDistances(ofVector, ofAxial).centroid.value).toBeLessThan(
    latentDistances(ofVector, ofLighter).centroid.value,
  )
}, 120_000)
