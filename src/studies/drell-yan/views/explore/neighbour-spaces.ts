import type { NeighbourSpace } from '../../analysis/neighbours.ts'
import type { NeighbourSpace as ListedSpace } from '../../../../ui/map/NeighbourList.tsx'

export const spaceNames: Record<NeighbourSpace, string> = {
  latent: 'latent space',
  spectrum: 'spectrum space',
  wilson: 'Wilson space',
}

/** The three spaces of universes, as the list of neighbours tells them. */
export const neighbourSpaces: readonly ListedSpace<NeighbourSpace>[] = [
  { id: 'latent', label: 'Latent', name: spaceNames.latent, metric: 'Euclidean' },
  {
    id: 'spectrum',
    label: 'Spectrum',
    name: spaceNames.spectrum,
    metric: 'Euclidean after whitening with the full covariance',
  },
  {
    id: 'wilson',
    label: 'Wilson',
    name: spaceNames.wilson,
    metric: 'Euclidean in units of the prior half widths',
  },
]
