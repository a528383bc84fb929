import { compareDefaults, mapDefaults } from '../../share/map-defaults.ts'
import type { MultiTopIntent } from './intent.ts'

/** The schema's defaults, written out so that the first paint does not wait for the schema. */
export const multiTopDefaults: MultiTopIntent = {
  ...{ perClass: 200, seed: 1, layout: 'pca', metric: 'euclidean', perplexity: 30 },
  ...{ model: null, space: 'input', neighbourSpace: 'input' },
  ...{ hidden: [], head: 0, moved: [], tab: 'event', score: 'entropy', signal: 'ttphi-m300-chi1' },
  ...mapDefaults,
  hiddenClasses: [],
  training: {
    ...{ from: 'scratch', classes: 'tops', labels: 5000, task: 'multi-task', size: 'small-5h' },
    ...{ epochs: 10, learningRate: 3e-3, batch: 128, seed: 1, workers: 1, backend: 'kernels' },
  },
  compare: { maps: ['input', 'learned'], ...compareDefaults },
}
