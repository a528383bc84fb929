import { readAsset } from '../../numerics/read-asset.ts'
import type { NetworkFiles } from './analysis/ratios/network-files.ts'

// Addresses of the shipped ratio networks as the build names them.
const cards = import.meta.glob<string>('../../../models/ratios/*/card.json', {
  query: '?url',
  import: 'default',
  eager: true,
})
const weights = import.meta.glob<string>('../../../models/ratios/*/weights.bin', {
  query: '?url',
  import: 'default',
  eager: true,
})

/**
 * Card and weights of a shipped network.
 *
 * @throws AppError 'data/not-found'
 */
export async function shippedFiles(id: string, page: string): Promise<NetworkFiles> {
  const folder = `../../../models/ratios/${id}/`
  const read = (url: string) => readAsset(new URL(url, page))
  const [card, bytes] = await Promise.all([
    read(cards[`${folder}card.json`]),
    read(weights[`${folder}weights.bin`]),
  ])
  return { name: id, card: new TextDecoder().decode(card), weights: new Uint8Array(bytes), run: null }
}
