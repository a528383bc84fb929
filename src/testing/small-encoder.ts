import { initialiseParameters } from '../ml/encoder-parameters.ts'
import { writeModelFiles, type ModelFiles } from '../ml/model-files.ts'
import { createRng } from '../numerics/rng.ts'
import { drellYanDefaults } from '../studies/drell-yan/default-intent.ts'

/** The three files of an untrained encoder for so many bins. */
export async function smallModelFiles(features: number, id = 'small-encoder'): Promise<ModelFiles> {
  const { training } = drellYanDefaults
  const parameters = initialiseParameters({ features, widths: [8], latentDim: 2 }, createRng(1))
  const whitening = new Float32Array(features * features)
  for (let i = 0; i < features; i++) whitening[i * features + i] = 1
  return writeModelFiles(
    {
      id,
      title: 'Small encoder',
      description: 'untrained, for tests',
      training: { ...training, widths: [8] },
      whitening: { description: 'none' },
      dataset: { id: 'small-dy', manifestSha256: 'ab'.repeat(32) },
      steps: { best: 0, planned: 1 },
      metrics: {},
      engine: 'cpu',
      tfjsVersion: '4.22.0',
      appVersion: 'test',
      date: '2024-01-01',
    },
    parameters,
    { mean: new Float32Array(features), whitening },
  )
}
