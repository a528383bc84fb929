import { createPredictor, type ClassifierNetworks } from '../classification/classifier.ts'
import { priorNetworkId } from './evaluation-options.ts'
import type { ExtraScore } from './score-table.ts'

/**
 * Knowledge uncertainty of a Dirichlet prior network. Such a network has seen shapes and wide coefficients in its
 * training, though not those of the test classes: unlike the other scores it was told what to look for.
 */
export function priorNetworkScore(network: ClassifierNetworks, bins: number): ExtraScore {
  const predictor = createPredictor(network, bins)
  return {
    id: priorNetworkId,
    label: 'prior network: knowledge uncertainty',
    score: (whitened, rows) => predictor.many(whitened, new Int32Array(rows)).noneScores,
  }
}
