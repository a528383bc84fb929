// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ready } from '../../../../core/loadable.ts'
import { keptDownloads } from '../../../../testing/downloads.ts'
import { drawnDrellYan } from '../../../../testing/drawn-drell-yan.tsx'
import { acting, figureOf } from '../../../../testing/drawn-parts.tsx'
import { legendOf, named } from '../../../../testing/figure-parts.ts'
import { button, exportAs, openTab, panel, press, rowsOf, set, type } from '../../../../testing/hands.ts'
import { beingPatient, eventually } from '../../../../testing/patience.ts'
import { drawnOn } from '../../../../testing/drawn-on.ts'
import { drellYanDefaults } from '../../default-intent.ts'
import type { DrellYanIntent, TrainingIntent } from '../../intent.ts'
import { TrainView } from './TrainView.tsx'

beingPatient()
drawnOn(600, 400)

const quick: TrainingIntent = {
  ...drellYanDefaults.training,
  ...{ steps: 40, universesPerBatch: 8, replicasPerUniverse: 2, widths: [8], backend: 'kernels' },
}
async function train(patch: Partial<TrainingIntent> = {}, more: Partial<DrellYanIntent> = {}) {
  const page = await drawnDrellYan(<TrainView />, {
    view: 'train',
    training: { ...quick, ...patch },
    ...more,
  })
  await page.opened()
  await screen.findByText('Not trained yet. Play trains an encoder here, in this page.')
  return { ...page, run: () => page.state().training }
}

describe('settings', () => {
  it('are typed within their limits, count what they make, and come back to the defaults', async () => {
    const page = await train()
    const settings = () => page.intent().training
    await type('learning rate', '0.01')
    await type('latent dimension', '3')
    await type('seed', '7')
    await press('All settings')
    await type('hidden widths', '16, 8')
    await type('dropout', '0.1')
    await type('universes per batch', '10')
    await set('optimiser', 'adamw')
    await type('weight decay', '0.02')
    await set('universes', 'fixed')
    await type('size of the fixed set', '6')
    await set('loss', 'pair')
    await type('margin M', '2')
    await set('engine', 'cpu')
    expect(settings()).toMatchObject({
      ...{ learningRate: 0.01, latentDim: 3, seed: 7, widths: [16, 8], dropout: 0.1, universesPerBatch: 10 },
      ...{ optimiser: 'adamw', weightDecay: 0.02, universes: 'fixed', fixedUniverses: 6 },
      ...{ loss: 'pair', margin: 2, backend: 'cpu' },
    })
    // 11 x 16 + 16 + 16 x 8 + 8 + 8 x 3 + 3, and six of the fixed set in a batch, two replicas of each.
    expect(panel('Settings').textContent).toMatch(/11 bins → 16 → 8 → 3; \d+ trained numbers; 12 spectra/)
    await set('hidden widths', '16, zero')
    expect(screen.getByRole('alert').textContent).toContain('whole numbers from 4 to 512')
    await type('latent dimension', '99')
    expect(settings().latentDim).toBe(3)
    await press('Defaults')
    expect(settings()).toEqual(drellYanDefaults.training)
  })
})

describe('a training', () => {
  it('goes step by step and to its end, draws its loss and its map, and is used, exported and measured', async () => {
    const page = await train()
    await press('Step')
    await eventually(() => expect(page.run().step).toBeGreaterThan(0))
    expect(screen.getByText(/^Fixed while a training runs/)).toBeTruthy()
    await press('Play')
    await eventually(() => expect(page.run().status).toBe('finished'))
    await acting(() => undefined)

    const loss = await figureOf(/^Held-out loss/)
    expect(legendOf(loss)[1]).toBe('held-out universes')
    const { moments, losses } = page.run()
    await eventually(async () => {
      const newest = await figureOf(/^Held-out loss/)
      expect(named(newest, 'held-out universes')[0].y).toEqual(moments.map(({ heldOutLoss }) => heldOutLoss))
      expect(named(newest, 'training batches')[0].x).toEqual(losses.map(({ step }) => step))
    })
    const files = keptDownloads()
    await exportAs('CSV', panel('Loss'))
    await eventually(() => expect(files.at(-1)?.name).toBe('theoryscape-dy-nc-13tev-loss.csv'))
    await exportAs('SVG', panel('Loss'))
    await eventually(() => expect(files.at(-1)?.name).toBe('theoryscape-dy-nc-13tev-loss.svg'))

    // Back to the first picture.
    await set('Back to step', '0')
    expect(page.run().shown).toBe(0)
    expect(button('Train on from here')).toBeTruthy()
    await press('Follow newest')
    expect(page.run().shown).toBeNull()
    await press('Export model')
    await eventually(() => expect(files.at(-1)?.name).toBe('weights.bin'))
    await press('Measure the one in training')
    await screen.findByText(/held-out universes × \d+ replicas/)
    const scores = rowsOf(/^Learned map and closed-form maps/)
    expect(scores.map(([name]) => name).slice(0, 3)).toEqual([
      'accuracy',
      'share of the Bayes limit',
      'recall@1',
    ])
    await press(/^Use step \d+ on the map/)
    await eventually(() => expect(page.intent().model).toMatch(/^trained-seed/))
    await eventually(() => expect(page.state().dataset.value?.encoder.id).toMatch(/^trained-seed/))
    await openTab('Model card')
    const card = await screen.findByRole('article')
    expect(card.textContent).toContain('11 → 8 → 2')
    expect(card.textContent).toContain('optimiseradam, learning rate')
  })

  it('is stopped, which leaves its checkpoint to go on from', async () => {
    const page = await train({ steps: 4000 })
    await press('Play')
    await eventually(() => expect(page.run().moments.length).toBeGreaterThan(1))
    await press('Pause')
    await eventually(() => expect(page.run().status).toBe('paused'))
    await press('Stop')
    await screen.findByText(/^Paused at step \d+ of 4\s?000\. Play goes on from there\./)
    expect(button('Start again')).toBeTruthy()
  })

  it('that diverges says so, and offers a tenth of the rate', async () => {
    const page = await train({ learningRate: 0.05 })
    await press('Play')
    await eventually(() => expect(page.run().status).toBe('finished'))
    await acting(() =>
      page.context.store.setState({
        training: {
          ...page.run(),
          ...{
            status: 'failed',
            error: { code: 'ml/diverged', message: 'The loss is not finite.', context: {} },
          },
        },
      }),
    )
    expect(screen.getByText('The loss diverged: try a tenth of it.')).toBeTruthy()
    await press(/^Go on from step \d+ with a tenth of the learning rate/)
    expect(page.intent().training.learningRate).toBe(0.005)
  })

  it('of another dataset is not drawn on this one', async () => {
    const page = await train()
    const { manifest } = page.state().dataset.value!.header
    const about = {
      ...{ datasetTitle: 'Another', manifestHash: 'x', order: 'linear' as const, config: quick },
    }
    await acting(() => page.context.store.setState({ training: { ...page.run(), about } }))
    const told = await screen.findByText(/^This training is of Another, the page now shows/)
    expect(told.textContent).toContain(manifest.title)
  })
})

it('the engines of this browser are told with how fast and how right they are', async () => {
  const page = await train({}, { panels: { ...drellYanDefaults.panels, encoder: 'backends' } })
  expect(screen.getByText(/^Not measured yet\. A training begins at once/)).toBeTruthy()
  await acting(() =>
    page.context.store.setState({
      backends: ready([
        { name: 'kernels', available: true, chosen: true, msPerStep: 2.5, maxDeviation: 1e-6 },
        { name: 'webgpu', available: false, chosen: false, reason: 'no adapter' },
      ]),
    }),
  )
  const rows = rowsOf(/^Engines of this browser/)
  expect(rows.map(([, ms, , remark]) => [ms, remark])).toEqual([
    ['2.5', 'in use'],
    ['', 'not used: no adapter'],
  ])
  expect(button('Measure again')).toBeTruthy()
  await openTab('Model card')
  expect(
    within(panel('Encoder')).getByText(/^pca-2 has no card: it is the closed-form linear map/),
  ).toBeTruthy()
})
