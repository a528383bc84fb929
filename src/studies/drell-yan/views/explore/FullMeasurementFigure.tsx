import { useMemo } from 'react'
import type { MeasurementComparison } from '../../analysis/measurement.ts'
import { formatNumber } from '../../../../ui/common/format.ts'
import { SpectrumFigure, type SpectrumFigureInput } from '../spectra/SpectrumFigure.tsx'

/** All measured bins over leading order: the pattern around the Z is photon radiation, not new physics. */
export function FullMeasurementFigure({ measurement }: { measurement: MeasurementComparison }) {
  const input = useMemo((): SpectrumFigureInput => {
    const { edges, value, error, sm } = measurement.full
    const { chi2ToSm, degreesOfFreedom, pValue } = measurement
    const perBin = (density: Float64Array) => density.map((entry, b) => entry * (edges[b + 1] - edges[b]))
    return {
      observable: 'mll',
      edges,
      sm: perBin(sm),
      curves: [
        {
          name: measurement.title,
          values: perBin(value),
          errors: perBin(error),
          kind: 'points',
          errorsAre: 'published total errors',
          judgement: `This leading order is bare: no K factor, no photon radiation, no theory error. Where they are accounted for, in the bins of the dataset and with the full covariance, χ² to the SM = ${formatNumber(chi2ToSm)} / ${degreesOfFreedom} (p = ${formatNumber(pValue, 2)}).`,
        },
      ],
      sqrtsGeV: 13_000,
      order: 'linear',
      cuts: 'full phase space, without K',
    }
  }, [measurement])
  return (
    <div className="stack">
      <h4>All 43 bins over leading order</h4>
      <SpectrumFigure input={input} height={360} fileName="cms-dy-13tev-all-bins" />
      <p className="small soft">{measurement.note}</p>
    </div>
  )
}
