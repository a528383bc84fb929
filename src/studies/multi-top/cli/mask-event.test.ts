import { beforeAll, expect, it } from 'vitest'
import type { TransformerModel } from '../../../ml/transformer/transformer-files.ts'
import { toyClass } from '../../../testing/small-multi-top.ts'
import { smallTransformer } from '../../../testing/small-transformer.ts'
import { tokenCorpus } from '../analysis/tokens/corpus.ts'
import { objectToken } from '../analysis/tokens/token-layout.ts'
import { maskedEvent } from './mask-event.ts'

const corpus = tokenCorpus(
  [0, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 200, 5) })),
  1,
)
let model: TransformerModel
beforeAll(async () => {
  model = await smallTransformer()
})

const usual = { id: '4t', event: 2, hide: [], move: [], perClass: 20, seed: 1 }
const ask = (own: Partial<Parameters<typeof maskedEvent>[2]>) =>
  maskedEvent(model, corpus, { ...usual, ...own })

it('what is hidden stands beside what the transformer puts there, with its error over other events', async () => {
  const shown = await ask({})
  expect(shown).toMatchObject({ model: 'small', class: '4t', event: 2, hidden: [] })
  expect(shown.comparedWith).toBeGreaterThanOrEqual(39)
  for (const { whole, left } of Object.values(shown.classes)) expect(left).toBe(whole)
  const { hidden, classes } = await ask({ hide: ['j1', 'met'] })
  expect(hidden.map(({ name }) => name)).toEqual(
    ['pt', 'eta', 'phi', 'px', 'py', 'pz'].map((scalar) => `j1.${scalar}`).concat('met'),
  )
  const row = corpus.split.test.filter((each) => corpus.labels[each] === 1)[1]
  expect(hidden[0].truth).toBe(corpus.raw.values[row * corpus.tokens + objectToken(4, 'pt')])
  for (const { reconstruction, error, comparedWith } of hidden) {
    expect(Number.isFinite(reconstruction)).toBe(true)
    expect(error).toBeGreaterThan(0)
    expect(comparedWith).toBeGreaterThan(0)
  }
  expect(classes['4t'].left).not.toBe(classes['4t'].whole)
})

it('an object that is moved changes the answer', async () => {
  const [there, elsewhere] = [await ask({}), await ask({ move: ['j1=400/1.5/-2'] })]
  expect(elsewhere.moved).toEqual([{ slot: 4, pt: 400, eta: 1.5, phi: -2 }])
  expect(elsewhere.entropy).not.toBe(there.entropy)
})

it.each([
  [{ id: '9t' }, 'no class 9t, there are 0t, 4t'],
  [{ event: 31 }, 'Event 31 is asked for, 4t has 30 test events'],
  [{ hide: ['x1'] }, 'no number or object "x1"'],
  [{ hide: ['j8.pt'] }, 'This event has no j8'],
  [{ move: ['j1=400'] }, '"j1=400" says not where'],
  [{ move: ['j1=-4/0/0'] }, 'pT [GeV] above 0'],
  [{ move: ['met=4/0/0'] }, 'met is no object'],
  [{ move: ['l4=4/0/0'] }, 'This event has no l4'],
])('refuses %o', async (own, words) => {
  await expect(ask(own)).rejects.toThrow(words)
})
