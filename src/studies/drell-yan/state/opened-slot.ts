import type { Slot } from '../../../core/product.ts'
import type { DatasetRows, DrellYanStore, OpenDataset } from './drell-yan-state.ts'
import { noRows } from './drell-yan-state.ts'

/** What opening a dataset makes. */
export interface Opened {
  open: OpenDataset
  rows: DatasetRows
}

/** Dataset and rows as one product, written in one step: nobody ever sees rows of another dataset or encoder. */
export function openedSlot(store: DrellYanStore): Slot<Opened> {
  return {
    get() {
      const { dataset, rows } = store.getState()
      return { ...dataset, value: dataset.value && { open: dataset.value, rows } }
    },
    set(opened) {
      const { value } = opened
      store.setState({ dataset: { ...opened, value: value?.open }, rows: value?.rows ?? noRows })
    },
  }
}
