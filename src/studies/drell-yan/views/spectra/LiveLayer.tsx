import { useId } from 'react'
import { plotFrame, type SpectrumAxes } from './axes.ts'
import { livePaths } from './live-paths.ts'

interface LiveLayerProps {
  edges: ArrayLike<number>
  values: ArrayLike<number>
  reference: ArrayLike<number>
  axes: SpectrumAxes
  colour: string
  negativeColour: string
  size: { width: number; height: number }
}

/**
 * The curve under the reader's hand, in a layer of its own between traces and words: three path attributes per
 * update (0.5 ms at 42 bins).
 */
export function LiveLayer({ edges, values, reference, axes, colour, negativeColour, size }: LiveLayerProps) {
  const clip = useId()
  const frame = plotFrame(size)
  const paths = livePaths(edges, values, reference, axes, frame)
  const box = { x: frame.left, width: frame.width }
  return (
    <svg className="live-layer" viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
      <clipPath id={`${clip}-main`}>
        <rect {...box} y={frame.main.top} height={frame.main.height} />
      </clipPath>
      <clipPath id={`${clip}-ratio`}>
        <rect {...box} y={frame.ratio.top} height={frame.ratio.height} />
      </clipPath>
      <path d={paths.main} stroke={colour} strokeWidth={2} clipPath={`url(#${clip}-main)`} />
      <path d={paths.ratio} stroke={colour} strokeWidth={2} clipPath={`url(#${clip}-ratio)`} />
      <path d={paths.negative} stroke={negativeColour} strokeWidth={6} clipPath={`url(#${clip}-main)`} />
    </svg>
  )
}
