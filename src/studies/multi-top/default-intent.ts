import { mapDefaults } from '../../share/map-defaults.ts'
import type { MultiTopIntent } from './intent.ts'

/** The schema's defaults, written out so that the first paint does not wait for the schema. */
export const multiTopDefaults: MultiTopIntent = {
  ...{ perClass: 200, seed: 1, layout: 'pca', metric: 'euclidean', perplexity: 30 },
  ...{ hidden: [], head: 0 },
  ...mapDefaults,
}
