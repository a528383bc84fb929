import { formatPercent } from './format.ts'

export interface ProgressProps {
  label: string
  /** Real fraction done, 0 to 1; left out only where the total is not known. */
  fraction?: number
  /** What has been done so far, e.g. "12 of 71 bins". */
  detail?: string
}

export function Progress({ label, fraction, detail }: ProgressProps) {
  const known = fraction !== undefined && Number.isFinite(fraction)
  const clamped = known ? Math.min(1, Math.max(0, fraction)) : undefined
  return (
    <div className="progress">
      <div className="progress-label">
        <span>{label}</span>
        <span>
          {detail ?? (clamped === undefined ? '' : formatPercent(clamped, clamped < 0.0995 ? 1 : 2))}
        </span>
      </div>
      <progress className="progress-bar" aria-label={label} max={1} value={clamped} />
    </div>
  )
}
