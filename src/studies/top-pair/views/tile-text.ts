import type { NetworkTile } from '../state/fit-state.ts'
import { formatCount, formatNumber } from '../../../ui/common/format.ts'

/** "td8²" for one term, "all 5 terms" for many. */
export function tileName(terms: readonly string[]): string {
  if (terms.length > 1) return `all ${terms.length} terms`
  return terms[0].replace('^2', '²').replace('*', ' × ')
}

const sourceWords: Record<NetworkTile['from'], string> = {
  own: 'of your files',
  shipped: 'shipped',
  trained: 'trained here',
}

/** Where a network is, in a few words. */
export function tileStatus(tile: NetworkTile): string {
  const { status, epoch, epochs, fraction, network, resumable, error } = tile
  if (status === 'failed') return `failed: ${error?.code ?? ''}`
  if (status === 'sampling') return `sampling ${Math.round(100 * fraction)} %`
  if (status === 'training') return epochs > 0 ? `epoch ${epoch} of ${epochs}` : 'training'
  if (status === 'done' && network) {
    const { origin } = network
    if (origin) {
      const from = tile.from === 'trained' ? 'of a bundle' : sourceWords[tile.from]
      return `${from}, ${formatCount(origin.epochs)} epochs`
    }
    const seconds = `${formatNumber(network.seconds, 2)} s`
    return network.stoppedEarly
      ? `early-stopped, best ${network.bestEpoch}, ${seconds}`
      : `done, ${epoch} epochs, ${seconds}`
  }
  if (tile.from !== 'trained') return `${sourceWords[tile.from]}, not loaded yet`
  return resumable === null ? 'waiting' : `paused at epoch ${resumable}`
}

/** What a tile learns and, where it was made elsewhere, how: shown where the pointer rests. */
export function tileTitle({ task, network, error }: NetworkTile): string {
  if (error) return `${error.code}: ${error.message}`
  const made = network?.origin?.made
  const terms = task.terms.join(', ')
  if (!made) return terms
  return `${terms}; made by ${made.product}, ${made.preset}, seed ${made.seed}, replica ${made.replica}, ${made.events} events`
}
