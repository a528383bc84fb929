import { useMemo } from 'react'
import type { KeptNeighbours, KeptRequest } from '../../../../numerics/kept-neighbours.ts'
import { useKeptNeighbours } from '../../../../ui/map/use-kept-neighbours.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'

/** True neighbours that are looked for on the map. */
const neighbours = 15

/** Place in the answer of the plane that is drawn; the whole latent space comes behind it. */
export const onPlane = 0

/**
 * Of the 15 spectra nearest to each universe's (whitened, without noise), how many are among its 15 nearest on the
 * plane that is drawn, and in the latent space where that has more axes.
 */
export function useKept(open: OpenDataset, ready: boolean): KeptNeighbours | null {
  const { header, embedding } = open
  const request = useMemo((): KeptRequest | null => {
    if (!ready) return null
    const { count } = header.table
    const { universes, latentDim: d } = embedding
    const plane = Float32Array.from({ length: 2 * count }, (_, at) => universes[(at >> 1) * d + (at & 1)])
    return {
      ...{ count, k: neighbours },
      truth: { values: header.whitenedMeans, dimensions: header.universeModel.templates.bins },
      maps: [{ values: plane, dimensions: 2 }, ...(d > 2 ? [{ values: universes, dimensions: d }] : [])],
    }
  }, [ready, header, embedding])
  return useKeptNeighbours(request)
}

/** What the places are called. */
export function keptPlaces({ embedding }: OpenDataset): string[] {
  return embedding.latentDim > 2
    ? ['the plane drawn', `the ${embedding.latentDim}-D latent space`]
    : ['this 2-D map']
}
