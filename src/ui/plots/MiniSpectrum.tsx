import { formatNumber } from '../common/format.ts'
import { miniSize, miniSpectrum, type MiniSpectrumInput } from './mini-spectrum.ts'
import './mini-spectrum.css'

interface MiniSpectrumProps extends MiniSpectrumInput {
  /** Of the values. */
  colour: string
  /** "m_ℓℓ, 50 to 3000 GeV" */
  title: string
  /** "ratio to SM" */
  ratioTitle: string
}

/** A spectrum over its ratio, small enough for a card; the same is told in numbers elsewhere. */
export function MiniSpectrum({ colour, title, ratioTitle, ...input }: MiniSpectrumProps) {
  const paths = miniSpectrum(input)
  const { width, upper, gap, lower } = miniSize
  const height = upper + gap + lower
  return (
    <figure className="mini-spectrum">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        <rect className="mini-frame" x={0.5} y={0.5} width={width - 1} height={upper - 1} />
        <rect className="mini-frame" x={0.5} y={upper + gap + 0.5} width={width - 1} height={lower - 1} />
        <path className="mini-reference" d={paths.reference} />
        <path className="mini-values" d={paths.values} stroke={colour} />
        <path className="mini-reference" d={`M0 ${paths.one}H${width}`} />
        <path className="mini-values" d={paths.ratio} stroke={colour} />
      </svg>
      <figcaption className="soft">
        {title}; below {ratioTitle}, {formatNumber(paths.low, 2)} to {formatNumber(paths.high, 2)}
      </figcaption>
    </figure>
  )
}
