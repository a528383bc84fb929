import type { SearchScore } from '../analysis/search/anomaly-scores.ts'

export const scoreLabels: Record<SearchScore, string> = {
  entropy: 'entropy of the classes',
  'max-softmax': '1 − largest probability',
  energy: 'free energy',
  mahalanobis: 'Mahalanobis distance',
  reconstruction: 'reconstruction error',
}
