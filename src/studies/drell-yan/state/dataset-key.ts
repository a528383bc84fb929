import type { DrellYanIntent } from '../intent.ts'

/** Part of the intent that decides which rows are on the map. */
export function datasetKey(intent: DrellYanIntent): string {
  return JSON.stringify(intent.setup ? { setup: intent.setup, pdf: intent.pdf } : { dataset: intent.dataset })
}
