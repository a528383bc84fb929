import { defaultObservables } from '../../../../physics/drell-yan/default-binning.ts'
import { binCount } from '../../../../physics/drell-yan/spectrum-templates.ts'
import type { SetupIntent } from '../../intent.ts'

/** Most memory that rows made in the page may take. */
const largestBytes = 512 * 1024 * 1024
const latentAxes = 2

/** Memory of a set-up's rows in the page, and the sentence for one that is too large. */
export function setupSize(
  setup: Pick<SetupIntent, 'universes' | 'replicasPerUniverse' | 'bins' | 'yEdges'>,
): {
  rows: number
  bytes: number
  complaint: string | null
} {
  const bins = binsOf(setup)
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

/** Counted without asking whether edges of |y| are any good, which is told by itself. */
function binsOf({ bins, yEdges }: Pick<SetupIntent, 'bins' | 'yEdges'>): number {
  if (bins === 'mll-ptl') return binCount(defaultObservables)
  const masses = binCount(defaultObservables.slice(0, 1))
  if (bins === 'mll') return masses
  return 2 * masses * (bins === 'mll-fb' ? 1 : Math.max(1, yEdges.length - 1))
}
