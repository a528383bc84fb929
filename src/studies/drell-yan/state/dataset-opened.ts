import type { DrellYanStore, OpenDataset } from './drell-yan-state.ts'

/** Waits for the dataset of the intent under its encoder; null where it cannot be opened. */
export function datasetOpened(store: DrellYanStore): Promise<OpenDataset | null> {
  /** undefined: not yet. */
  const verdict = (): OpenDataset | null | undefined => {
    const { dataset, intent } = store.getState()
    if (dataset.status === 'failed') return null
    const { value } = dataset
    return dataset.status === 'ready' && value?.encoder.id === intent.model ? value : undefined
  }
  return new Promise((resolve) => {
    const now = verdict()
    if (now !== undefined) return resolve(now)
    const stop = store.subscribe(verdict, (changed) => {
      if (changed === undefined) return
      stop()
      resolve(changed)
    })
  })
}
