import { expect, it } from 'vitest'
import { drellYanDefaults } from '../default-intent.ts'
import type { Catalogue } from './drell-yan-state.ts'
import { startModel, withKnownIds } from './known-ids.ts'

const model = (id: string) => ({ id, cardUrl: '', modelUrl: '', weightsUrl: '' })
const catalogue: Catalogue = {
  datasets: [
    { id: 'dy-nc-13tev', title: 'Drell-Yan', order: 'linear', manifestUrl: '' },
    { id: 'cms-dy-13tev', title: 'CMS', order: 'quadratic', manifestUrl: '' },
  ],
  models: [model('dy-supcon-2d')],
  defaultModel: { 'dy-nc-13tev': 'dy-supcon-2d', 'cms-dy-13tev': 'cms-supcon-2d' },
}
const box = { kind: 'box', x0: 0, y0: 0, x1: 1, y1: 1 } as const

it('leaves an intent alone whose ids are here, encoders of this visit included', () => {
  const own = { ...drellYanDefaults, model: 'trained-seed1-step5-abcdef', selection: box }
  expect(withKnownIds(drellYanDefaults, catalogue)).toEqual({ intent: drellYanDefaults, notes: [] })
  expect(withKnownIds(own, catalogue, [own.model]).intent).toBe(own)
})

it('shows the default model, without the region drawn in the missing one, and says so', () => {
  const camera = { x: 0, y: 0, halfSpan: 1 }
  const asked = { ...drellYanDefaults, model: 'trained-seed1-step5-abcdef', selection: box, camera }
  const { intent, notes } = withKnownIds(asked, catalogue)
  expect(intent).toEqual({ ...drellYanDefaults, model: 'dy-supcon-2d' })
  expect(notes).toHaveLength(1)
  expect(notes[0]).toMatch(
    /trained-seed1-step5-abcdef.*trained in another browser.*Ask for a bundle.*its files.*Meanwhile the map shows dy-supcon-2d/,
  )
})

it('shows the default dataset for one that is gone', () => {
  const { intent, notes } = withKnownIds({ ...drellYanDefaults, dataset: 'gone' }, catalogue)
  expect(intent.dataset).toBe('dy-nc-13tev')
  expect(notes).toEqual([
    'There is no dataset "gone" here: dy-nc-13tev is shown; this page has dy-nc-13tev, cms-dy-13tev.',
  ])
})

it('keeps a measured spectrum that this browser has, and says how another one comes', () => {
  const asked = { ...drellYanDefaults, dataset: 'measured-0123456789ab' }
  expect(withKnownIds(asked, catalogue, [], true)).toEqual({ intent: asked, notes: [] })
  const { intent, notes } = withKnownIds(asked, catalogue)
  expect(intent.dataset).toBe('dy-nc-13tev')
  expect(notes[0]).toMatch(/dropped in another browser.*Drop its files, or a bundle/)
})

it('starts a dataset without a shipped model on the closed-form map', () => {
  expect(startModel(catalogue, 'dy-nc-13tev')).toBe('dy-supcon-2d')
  expect(startModel(catalogue, 'cms-dy-13tev')).toBe('pca-2')
})
