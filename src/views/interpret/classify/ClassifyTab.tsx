import { nearestUniverses } from '../../../analysis/drell-yan/neighbours.ts'
import { formatNumber } from '../../common/format.ts'
import type { InterpretTabProps } from '../InterpretView.tsx'

/** Which universe a spectrum comes from, and how sure that is. */
export function ClassifyTab({ open, subject }: InterpretTabProps) {
  const { table, whitenedMeans, model } = open.header
  const [nearest] = nearestUniverses(
    {
      count: table.count,
      latent: open.embedding.universes,
      whitened: whitenedMeans,
      coefficients: table.coefficients,
      halfWidth: model.prior.halfWidth,
    },
    { latent: subject.latent, whitened: subject.whitened },
    'spectrum',
    1,
  )
  return (
    <p>
      Most likely of all {table.count.toLocaleString('en')} universes:{' '}
      {nearest.universe === 0 ? 'the Standard Model' : `universe ${nearest.universe}`}, at a distance of{' '}
      {formatNumber(nearest.distance)} in units of the noise.
    </p>
  )
}
