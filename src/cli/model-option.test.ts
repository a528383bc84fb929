import { describe, expect, it } from 'vitest'
import { sampleModels } from '../generator/samples/models.ts'
import { parseOptions } from './arguments.ts'
import { hardProcessFromOptions } from './cross-section/set-up.ts'
import { processOrModelOptions, withModel } from './model-option.ts'

const optionsOf = (...argv: string[]) => withModel(parseOptions(processOrModelOptions, argv).values)

describe('models by name', () => {
  it.each(Object.keys(sampleModels))('%s is a process that can be made', async (model) => {
    const { hard, set } = await hardProcessFromOptions(optionsOf('--model', model), () => undefined)
    expect(hard.groups.length).toBeGreaterThan(0)
    expect(set.named).toMatchObject(sampleModels[model].set)
    expect(set.mediator?.kind).toBe(sampleModels[model].mediator)
  })

  it('what is set beside it decides', () => {
    expect(optionsOf('--model', 'gluino-m1000-dm50', '--set', 'mchi=10', '--pt-min', '5')).toMatchObject({
      ...{ set: { mgo: 1000, mchi: 10 }, process: 'p p > go go', 'pt-min': 5 },
    })
    expect(optionsOf('--model', 'vector-m500')).toMatchObject({ mediator: 'vector', 'pt-min': 100 })
  })

  it('goes with no process, and one of both is needed', () => {
    expect(() => optionsOf('--model', 'vector-m500', '--process', 'p p > t t~')).toThrow(
      /^Both --model vector-m500 and/,
    )
    expect(() => optionsOf()).toThrow(/^Neither --model nor/)
  })
})
