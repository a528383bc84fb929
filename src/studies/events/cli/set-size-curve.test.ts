import { expect, it } from 'vitest'
import { setSizeCurveCommand } from './set-size-curve.ts'

it('one model and itself, or one of another dataset, are no pair', async () => {
  for (const pair of [
    'gluino-m1000-dm50,gluino-m1000-dm50',
    'gluino-m1000-dm50,znunu-j',
    'gluino-m1000-dm50',
  ])
    await expect(setSizeCurveCommand.run(['--pair', pair], () => undefined)).rejects.toMatchObject({
      code: 'input/invalid',
      message: expect.stringContaining(
        `--pair is ${pair}; it takes two different models of gluinos`,
      ) as string,
    })
})

it('networks are trained for one pair alone', async () => {
  await expect(setSizeCurveCommand.run(['--networks'], () => undefined)).rejects.toThrow(
    /--networks trains for one pair, and --pair names none/,
  )
})
