import type { DrellYanIntent } from '../../intent.ts'

type Training = DrellYanIntent['training']

/** One name for each loss, wherever it is said. */
export const lossLabels: Record<Training['loss'], string> = {
  'supcon-euclidean': 'SupCon, Euclidean',
  'supcon-cosine': 'SupCon, cosine',
  pair: 'pair loss with margin',
}
