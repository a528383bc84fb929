import { expect, it } from 'vitest'
import { TransformerLayout } from '../../../../ml/transformer/transformer-parameters.ts'
import { smallTransformer } from '../../../../testing/small-transformer.ts'
import { startFrom } from './start-from.ts'

it('weights of another transformer are taken, with its head where the classes are the same', async () => {
  const model = await smallTransformer()
  const config = { ...model.card.training, seed: 9 }
  expect(startFrom(model, config, true)).toEqual(model.parameters)
  const start = startFrom(model, config)
  const layout = new TransformerLayout(config.spec)
  for (const { name } of layout.regions) {
    const [own, theirs] = [layout.view(start, name), layout.view(model.parameters, name)]
    if (name.startsWith('classes') && !name.includes('bias')) expect(own).not.toEqual(theirs)
    else if (!name.startsWith('classes')) expect(own).toEqual(theirs)
  }
  const { spec } = config
  expect(() => startFrom(model, { ...config, spec: { ...spec, width: 12 } }, true)).toThrow(
    'small has width 8, the training asks for 12',
  )
})
