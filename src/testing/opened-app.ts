import type { LoadedEncoder } from '../studies/drell-yan/analysis/dataset-types.ts'
import type { Services } from '../studies/drell-yan/state/services.ts'
import { answerOpening, smallApp } from './small-app.ts'
import { smallCorpus } from './small-universes.ts'

export const openedCorpus = await smallCorpus()
export const encoderNamed = (id: string): LoadedEncoder => ({
  ...openedCorpus.encoder,
  id,
  hash: `hash of ${id}`,
})
export const noFiles = { card: '{}', model: '{}', weights: new Uint8Array(0) }
export const ownEncoder = (id: string) => ({ encoder: encoderNamed(id), files: noFiles })

/** The small app once its first dataset is open. */
export async function openedApp(instead: Partial<Services> = {}) {
  const app = smallApp({}, undefined, instead)
  await answerOpening(app.compute.newest('open-dataset'), openedCorpus)
  const { getState } = app.store
  return { ...app, dataset: () => getState().dataset, rows: () => getState().rows }
}
