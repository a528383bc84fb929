import { describe, expect, it } from 'vitest'
import { AppError } from '../../../errors.ts'
import { settle } from '../../../testing/fake-jobs.ts'
import { answerOpening, smallApp } from '../../../testing/small-app.ts'
import { smallCorpus } from '../../../testing/small-universes.ts'

const corpus = await smallCorpus()

async function openedApp() {
  const app = smallApp()
  await answerOpening(app.compute.newest('open-dataset'), corpus)
  return { ...app, extra: () => app.store.getState().extra }
}

const chunk = (firstRow: number, rows: number) => ({
  firstRow,
  rows,
  spectra: new Float32Array(0),
  latent: new Float32Array(2 * rows).fill(firstRow + 1),
})

describe('replicas drawn in the page', () => {
  it('go on where the shipped ones end, and fill up as they come', async () => {
    const { actions, compute, extra } = await openedApp()
    expect(extra().status).toBe('idle')
    actions.change({ extraReplicas: 4, replicaSeed: 3 })
    const job = compute.newest('draw-replicas')
    expect(job.request).toMatchObject({ perUniverse: 4, firstReplica: 3, seed: 3 })
    expect(job.request.whitenedMeans).toBe(corpus.header.whitenedMeans)
    job.report(chunk(0, 24))
    expect(extra()).toMatchObject({ status: 'running', fraction: 0.5, value: { rows: 24 } })
    job.report(chunk(24, 24))
    await job.finish({ rows: 48 })
    expect(extra()).toMatchObject({ status: 'ready', value: { rows: 48, perUniverse: 4, firstReplica: 3 } })
    expect([extra().value?.latent[0], extra().value?.latent[95]]).toEqual([1, 25])
  })

  it('wait for the rows of the dataset', async () => {
    const { compute } = smallApp({ extraReplicas: 2 })
    expect(compute.count('draw-replicas')).toBe(0)
    await answerOpening(compute.newest('open-dataset'), corpus)
    expect(compute.count('draw-replicas')).toBe(1)
  })

  it('the latest number wins, and none asks for none', async () => {
    const { actions, compute, extra } = await openedApp()
    actions.change({ extraReplicas: 4 })
    const first = compute.newest('draw-replicas')
    actions.change({ extraReplicas: 2 })
    expect(first.cancelled).toBe(true)
    first.report(chunk(0, 48))
    expect(extra().value?.rows).toBe(0)
    actions.change({ extraReplicas: 0 })
    await settle()
    expect(extra()).toEqual({ status: 'idle' })
    expect(compute.count('draw-replicas')).toBe(2)
  })

  it('are drawn again for another seed, not for another colour', async () => {
    const { actions, compute } = await openedApp()
    actions.change({ extraReplicas: 4 })
    actions.change({ colourBy: 'distance' })
    expect(compute.count('draw-replicas')).toBe(1)
    actions.change({ replicaSeed: 12 })
    expect(compute.newest('draw-replicas').request.seed).toBe(12)
  })

  it('that fail say so and keep what came', async () => {
    const { actions, compute, extra } = await openedApp()
    actions.change({ extraReplicas: 4 })
    compute.newest('draw-replicas').report(chunk(0, 24))
    await compute.newest('draw-replicas').fail(new AppError('job/crashed', 'out of memory'))
    expect(extra()).toMatchObject({ status: 'failed', error: { code: 'job/crashed' }, value: { rows: 24 } })
  })
})
