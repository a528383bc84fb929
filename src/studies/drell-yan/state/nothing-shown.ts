import type { DrellYanIntent } from '../intent.ts'

/** What belongs to the map of one dataset, and goes with it. */
export const nothingShown: Pick<DrellYanIntent, 'setup' | 'pdf' | 'selection' | 'camera' | 'focus'> = {
  setup: null,
  pdf: null,
  selection: null,
  camera: null,
  focus: { kind: 'live' },
}
