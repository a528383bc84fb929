import { expect, it } from 'vitest'
import { latentDistancesCommand } from './latent-distances.ts'

const quiet = () => undefined

it('a model that the dataset lacks is told with those it has', async () => {
  const words = ['--dataset', 'gluinos', '--only', 'vector-m500']
  await expect(latentDistancesCommand.run(words, quiet)).rejects.toMatchObject({
    code: 'input/invalid',
    message: expect.stringMatching(/gluinos has no model vector-m500.*gluino-m1000-dm50/) as string,
  })
})
