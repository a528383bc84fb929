import type { ReactNode } from 'react'
import { operatorIndex, operators, type OperatorName } from '../../../../physics/smeft/operators.ts'
import { Badge, type Tone } from '../../../../ui/common/Badge.tsx'
import { formatCoefficient, formatNumber } from '../../../../ui/common/format.ts'
import { OperatorSymbol } from '../../../../ui/common/Symbol.tsx'
import './point-card.css'

export interface CardCoefficient {
  name: OperatorName
  value: number // TeV^-2
  /** Half width of the prior [TeV^-2]: the bar's unit. */
  halfWidth: number
}

export interface CardFlag {
  label: string
  tone: Tone
  title?: string
}

interface PointCardProps {
  kind: 'universe' | 'replica' | 'measurement' | 'live' | 'dropped'
  title: string
  subtitle?: string
  /** Colour of its dot on the map. */
  colour?: string
  coefficients?: readonly CardCoefficient[]
  /** Whitened distance to the SM. */
  distanceToSm?: number
  /** What noise alone makes of that distance, for a spectrum that carries some. */
  noise?: number
  chi2?: { value: number; degreesOfFreedom: number; against: string }
  latent?: readonly number[]
  flags?: readonly CardFlag[]
  /** How many of the largest coefficients are shown. */
  largest?: number
  actions?: ReactNode
}

/** What a dot is: its largest coefficients in units of the prior, its distance to the SM, its flags. */
export function PointCard(props: PointCardProps) {
  const {
    kind,
    title,
    subtitle,
    colour,
    coefficients = [],
    distanceToSm,
    noise,
    chi2,
    latent,
    flags = [],
  } = props
  const { largest = 5, actions } = props
  const moved = coefficients.filter((c) => c.value !== 0)
  const ranked = [...moved].sort((a, b) => Math.abs(b.value / b.halfWidth) - Math.abs(a.value / a.halfWidth))
  const shown = ranked.slice(0, largest)
  return (
    <article className="stack" aria-label={`${kind} ${title}`}>
      <div className="card-title">
        {colour && <span className="swatch" style={{ background: colour }} aria-hidden="true" />}
        <h3>{title}</h3>
        <Badge>{kind}</Badge>
        {flags.map((flag) => (
          <Badge key={flag.label} tone={flag.tone} title={flag.title}>
            {flag.label}
          </Badge>
        ))}
      </div>
      {subtitle && <p className="soft small">{subtitle}</p>}
      {shown.length > 0 && (
        <>
          <p className="small soft">
            Largest coefficients, C/Λ² [TeV⁻²], bars in units of the prior half width
          </p>
          <ul className="pull-list small">
            {shown.map((coefficient) => (
              <CoefficientBar key={coefficient.name} {...coefficient} />
            ))}
          </ul>
          {ranked.length > shown.length && (
            <p className="small soft">
              and {ranked.length - shown.length} smaller of {coefficients.length}
            </p>
          )}
        </>
      )}
      {coefficients.length > 0 && moved.length === 0 && (
        <p className="small soft">All coefficients are zero, those of the Standard Model.</p>
      )}
      <dl className="facts small">
        {distanceToSm !== undefined && (
          <>
            <dt title="Mahalanobis distance with the full covariance">D to the SM (whitened)</dt>
            <dd>
              {formatNumber(distanceToSm)}
              {noise !== undefined && (
                <span className="soft"> (noise alone: about {formatNumber(noise, 2)})</span>
              )}
            </dd>
          </>
        )}
        {chi2 && (
          <>
            <dt>χ² to {chi2.against}</dt>
            <dd>
              {formatNumber(chi2.value)} / {chi2.degreesOfFreedom}
            </dd>
          </>
        )}
        {latent && (
          <>
            <dt>Latent position</dt>
            <dd>({latent.map((z) => formatNumber(z)).join(', ')})</dd>
          </>
        )}
      </dl>
      {actions && <div className="row">{actions}</div>}
    </article>
  )
}

function CoefficientBar({ name, value, halfWidth }: CardCoefficient) {
  const part = Math.max(-1, Math.min(1, value / halfWidth))
  return (
    <li>
      <OperatorSymbol operator={operators[operatorIndex(name)]} />
      <span className="pull-track" aria-hidden="true">
        <span
          className="pull-bar"
          style={{ left: `${50 + 50 * Math.min(0, part)}%`, width: `${50 * Math.abs(part)}%` }}
        />
      </span>
      <span title={String(value)}>
        {formatCoefficient(value)}
        <span className="visually-hidden"> , {formatNumber(value / halfWidth, 2)} prior half widths</span>
      </span>
    </li>
  )
}
