import { useMemo } from 'react'
import type { MeasurementComparison } from '../../analysis/measurement.ts'
import { chi2ToUniverses } from '../../analysis/universe-chi2.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { useDrellYan } from '../context.tsx'
import { formatCount, formatNumber, formatWithError } from '../../../../ui/common/format.ts'
import { FullMeasurementFigure } from './FullMeasurementFigure.tsx'

interface MeasurementCardProps {
  open: OpenDataset
  measurement: MeasurementComparison
}

const listed = 5

/** Where a published measurement stands: chi2 to the SM and to the nearest universes, K-factor, all its bins. */
export function MeasurementCard({ open, measurement }: MeasurementCardProps) {
  const { actions } = useDrellYan()
  const { chi2ToSm, degreesOfFreedom, pValue, kFactor, kFits, radiation } = measurement
  const nearest = useMemo(() => {
    const chi2 = chi2ToUniverses(measurement.whitened, open.header.whitenedMeans)
    return Array.from(chi2, (value, universe) => ({ value, universe }))
      .sort((a, b) => a.value - b.value || a.universe - b.universe)
      .slice(0, listed)
  }, [measurement, open])
  return (
    <article className="stack" aria-label={measurement.title}>
      <h3>{measurement.title}</h3>
      <p className="small soft">
        {measurement.citation}.{' '}
        {measurement.url !== '' && (
          <a href={measurement.url} rel="noreferrer noopener" target="_blank">
            HEPData record
          </a>
        )}
      </p>
      <dl className="facts small">
        <dt>χ² to the SM</dt>
        <dd>
          {formatNumber(chi2ToSm)} / {degreesOfFreedom} (p = {formatNumber(pValue, 2)})
        </dd>
        {kFits.map((fit) => (
          <FitRow key={fit.name} {...fit} />
        ))}
        {['θ₀', 'θ₁', 'θ₂'].map((name, i) => (
          <FittedRow key={name} name={name} value={kFactor.value[i]} error={kFactor.error[i]} />
        ))}
        {radiation && (
          <FittedRow name="photon radiation, L" value={radiation.logarithm} error={radiation.error} />
        )}
      </dl>
      <p className="small">
        K(m) = θ₀ + θ₁ ln(m/m_Z) + θ₂ ln²(m/m_Z) multiplies leading order; with wide priors its three terms,
        {radiation && ' the photon radiation,'} the PDF and the scale are nuisance directions of the
        covariance, so the place on the map hardly depends on them.
      </p>
      {radiation && <RadiationNote edges={measurement.full.edges} {...radiation} fit={kFits[0]} />}
      <h4>Nearest universes by χ²</h4>
      <ol className="plain-list small">
        {nearest.map(({ value, universe }) => (
          <li key={universe}>
            <button
              type="button"
              className="button button-quiet"
              onClick={() => actions.change({ focus: { kind: 'universe', id: universe } })}
            >
              {universe === 0 ? 'Standard Model' : `Universe ${universe}`}
            </button>{' '}
            χ² = {formatNumber(value)}
          </li>
        ))}
      </ol>
      <p className="small soft">
        The smallest of {formatCount(open.header.table.count)} χ² values is low by selection alone; it is no
        evidence for that universe.
      </p>
      <button
        type="button"
        className="button"
        onClick={() => actions.change({ focus: { kind: 'measurement' } })}
      >
        Show the measurement on the map
      </button>
      <FullMeasurementFigure measurement={measurement} />
    </article>
  )
}

/** What L is and is not, and the one bin that no theory here describes. */
function RadiationNote({
  edges,
  drop,
  fit,
}: {
  edges: Float64Array
  drop: Float64Array
  fit: { chi2: number; degreesOfFreedom: number }
}) {
  const worst = drop.reduce((best, value, b) => (value > drop[best] ? b : best), 0)
  return (
    <p className="small">
      L = ln(m²/m_ℓ²) − 1 says how much the leptons radiated (12.5 for bare muons at the Z, about 5 in a cone
      of 0.1): a nuisance, 7 ± 5 before the fit, that takes up all orders, K and the definition of a lepton;
      it is no measurement. Of χ² = {formatNumber(fit.chi2)} / {fit.degreesOfFreedom} (K constant), one bin,{' '}
      {formatNumber(edges[worst])} to {formatNumber(edges[worst + 1])} GeV, carries{' '}
      {formatNumber(drop[worst])}: without it the same fit gives {formatNumber(fit.chi2 - drop[worst])} /{' '}
      {fit.degreesOfFreedom - 1}.
    </p>
  )
}

function FitRow({ name, chi2, degreesOfFreedom }: { name: string; chi2: number; degreesOfFreedom: number }) {
  return (
    <>
      <dt>K {name}, χ²</dt>
      <dd>
        {formatNumber(chi2)} / {degreesOfFreedom}
      </dd>
    </>
  )
}

function FittedRow({ name, value, error }: { name: string; value: number; error: number }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{formatWithError(value, error)}</dd>
    </>
  )
}
