import type { LinkHashes } from '../../../share/link-format.ts'
import type { DrellYanResults } from './drell-yan-state.ts'

const hexOnly = /^[0-9a-f]{12,}$/

/** Content hashes for a link; an encoder trained in this page has none that another page could compare. */
export function linkHashes(state: Pick<DrellYanResults, 'dataset'>): LinkHashes {
  const open = state.dataset.value
  if (!open) return {}
  return {
    dataHash: open.header.manifestHash,
    ...(hexOnly.test(open.encoder.hash) ? { modelHash: open.encoder.hash } : {}),
  }
}
