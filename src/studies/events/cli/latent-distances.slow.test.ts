import { expect, it } from 'vitest'
import { latentDistancesCommand } from './latent-distances.ts'

const quiet = () => undefined

it('compares some models of a dataset, without networks', async () => {
  const words =
    '--dataset gluinos --only gluino-m1000-dm50,gluino-m2000-dm900 --sets none --twin gluino-m1000-dm50'
  const found = (await latentDistancesCommand.run([...words.split(' '), '--permutations', '99'], quiet)) as {
    models: string[]
    pairs: { a: string; b: string; aucLatent: number; aucExact: null; errors: { aucLatent: number } }[]
    spearman: null
    twins: { a: string; p: number }[]
  }
  expect(found.models).toEqual(['gluino-m1000-dm50', 'gluino-m1000-dm50-twin', 'gluino-m2000-dm900'])
  const [twins, apart] = found.pairs
  expect(Math.abs(twins.aucLatent - 0.5)).toBeLessThan(5 * twins.errors.aucLatent)
  expect(apart.aucLatent).toBeGreaterThan(0.99)
  expect(apart.aucExact).toBeNull()
  expect(found.spearman).toBeNull()
  expect(found.twins[0].p).toBeGreaterThan(0.005)
})
