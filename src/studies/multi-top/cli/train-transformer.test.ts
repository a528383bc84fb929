import { expect, it } from 'vitest'
import { evaluateTransformerCommand } from './evaluate-transformer.ts'
import { trainTransformerCommand } from './train-transformer.ts'

const train = (line: string) =>
  trainTransformerCommand.run([...line.split(' '), '--out', 'nowhere-transformer'], () => {})

it('one class alone is refused', async () => {
  await expect(train('--classes multitop-4t --events 100')).rejects.toThrow('There is 1 class of events')
})

it('a sample that is not there is refused with its path', async () => {
  await expect(train('--classes multitop-4t,multitop-9t --events 100')).rejects.toThrow('multitop-9t.json')
})

it('a task that is none is refused', async () => {
  await expect(train('--task nothing')).rejects.toThrow('nothing')
})

it('starts from a model of its own size only', async () => {
  const two = '--classes multitop-2t,multitop-4t --events 100'
  await expect(train(`${two} --from multi-top-small-5h --size small-1h`)).rejects.toThrow(
    'multi-top-small-5h has width 20, the training asks for 16',
  )
  await expect(train(`${two} --from nowhere`)).rejects.toThrow('nowhere')
})

it('an encoder is no transformer', async () => {
  await expect(
    evaluateTransformerCommand.run(['--model', 'models/dy-supcon-2d'], () => {}),
  ).rejects.toMatchObject({
    code: 'model/corrupt',
  })
})
