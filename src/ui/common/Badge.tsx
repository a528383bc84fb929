import type { ReactNode } from 'react'

export type Tone = 'plain' | 'good' | 'warn' | 'bad'

interface BadgeProps {
  children: ReactNode
  tone?: Tone
  title?: string
}

export function Badge({ children, tone = 'plain', title }: BadgeProps) {
  return (
    <span className={tone === 'plain' ? 'badge' : `badge tone-${tone}`} title={title}>
      {children}
    </span>
  )
}

interface ChipProps extends BadgeProps {
  /** Adds a remove button with this accessible name. */
  onRemove?: () => void
  removeLabel?: string
}

/** A state or filter in words; removable where it is the reader's own. */
export function Chip({ children, tone = 'plain', title, onRemove, removeLabel = 'Remove' }: ChipProps) {
  return (
    <span className={tone === 'plain' ? 'chip' : `chip tone-${tone}`} title={title}>
      {children}
      {onRemove && (
        <button type="button" className="icon-button" aria-label={removeLabel} onClick={onRemove}>
          ×
        </button>
      )}
    </span>
  )
}

interface EftBadgesProps {
  order: 'linear' | 'quadratic'
  lambdaTeV?: number
  /** Order of QCD; leading when left out */
  qcd?: 'nlo'
}

/** What every EFT plot must say: perturbative order, EFT order, Λ. */
export function EftBadges({ order, lambdaTeV = 1, qcd }: EftBadgesProps) {
  return (
    <>
      {qcd ? (
        <Badge title="Next-to-leading order of QCD, leading order in the electroweak couplings">
          NLO QCD
        </Badge>
      ) : (
        <Badge title="Leading order in the strong and electroweak couplings">LO</Badge>
      )}
      <Badge
        title={
          order === 'linear'
            ? 'Interference with the Standard Model only, order 1/Λ²'
            : 'Interference and squares of dimension-6 amplitudes, up to 1/Λ⁴'
        }
      >
        {order === 'linear' ? 'linear' : 'linear + quadratic'}
      </Badge>
      <Badge>Λ = {lambdaTeV} TeV</Badge>
    </>
  )
}
