import { defaultObservables } from '../../../../physics/drell-yan/default-binning.ts'
import { binCount } from '../../../../physics/drell-yan/spectrum-templates.ts'
import type { SetupIntent } from '../../intent.ts'

/** Most memory that rows made in the page may take. */
const largestBytes = 512 * 1024 * 1024
/** Bins of datasets made in the page. */
const bins = binCount(defaultObservables)
const latentAxes = 2

/** Memory of a set-up's rows in the page, and the sentence for one that is too large. */
export function setupSize(setup: Pick<SetupIntent, 'universes' | 'replicasPerUniverse'>): {
  rows: number
  bytes: number
  complaint: string | null
} {
  const rows = setup.universes * setup.replicasPerUniverse
  const bytes = 4 * rows * (bins + latentAxes)
  const mostRows = Math.floor(largestBytes / (4 * (bins + latentAxes)))
  return {
    rows,
    bytes,
    complaint:
      bytes <= largestBytes
        ? null
        : `${setup.universes} × ${setup.replicasPerUniverse} are ${rows} spectra, ${Math.round(bytes / 1e6)} MB; at most ${mostRows} are made here. Take fewer and draw further replicas on Explore, which keep no spectra.`,
  }
}
