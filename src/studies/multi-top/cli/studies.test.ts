import { expect, it } from 'vitest'
import { entropySearchCommand } from './entropy-search.ts'
import { evaluateTransformerCommand } from './evaluate-transformer.ts'
import { exactClassLimitsCommand } from './exact-class-limits.ts'
import { transferStudyCommand } from './transfer-study.ts'

const model = ['--model', 'multi-top-small-5h']
const quiet = (): void => {}

it('labels that are no halves of two classes are refused with the next number that is', async () => {
  await expect(transferStudyCommand.run([...model, '--labels', '200,401'], quiet)).rejects.toThrow(
    '401 events are not halves of two classes, 402 are',
  )
})

it('an encoder is searched with no more than it is evaluated', async () => {
  const encoder = ['--model', 'models/dy-supcon-2d']
  for (const command of [entropySearchCommand, transferStudyCommand])
    await expect(command.run(encoder, quiet)).rejects.toMatchObject({ code: 'model/corrupt' })
})

it('a folder without the samples of the training is refused with the path that is missing', async () => {
  const elsewhere = [...model, '--samples', 'models']
  for (const command of [entropySearchCommand, evaluateTransformerCommand])
    await expect(command.run(elsewhere, quiet)).rejects.toThrow('models/multitop-0t.json')
})

it('a pair of hypotheses that is none is refused', async () => {
  await expect(exactClassLimitsCommand.run(['--pairs', 'tttt-colour'], quiet)).rejects.toThrow('tttt-colour')
})
