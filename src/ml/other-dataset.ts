import type { ModelCard } from './model-card.ts'

/**
 * What a reader must know of an encoder whose dataset is not the open one; null where it is. It may serve there on purpose, to see what
 * it makes of another energy or other noise: so it is told, not refused.
 */
export function otherDataset(
  { id, dataset }: Pick<ModelCard, 'id' | 'dataset'>,
  open: { id: string; manifestHash: string },
): string | null {
  if (dataset.manifestSha256 === open.manifestHash) return null
  return `Encoder ${id} was trained on dataset ${dataset.id} ${dataset.manifestSha256.slice(0, 8)}, open is ${open.id} ${open.manifestHash.slice(0, 8)}: the bins agree in number, whether they mean the same is for you to judge.`
}
