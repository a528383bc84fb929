import { labelLayout } from './label-layout.ts'

interface MapLabelProps {
  text: string
  /** Left edge and middle of the label. */
  x: number
  y: number
  className?: string
}

/** A label with a halo of the ground's colour; C_φWB and C_φl⁽³⁾ are set with stacked scripts. */
export function MapLabel({ text, x, y, className = '' }: MapLabelProps) {
  return (
    <g className={`map-label ${className}`} transform={`translate(${x} ${y})`}>
      {labelLayout(text).runs.map((run, k) => (
        <text
          key={k}
          x={run.x}
          y={4 + run.y}
          fontSize={run.size}
          fontStyle={run.italic ? 'italic' : undefined}
        >
          {run.text}
        </text>
      ))}
    </g>
  )
}
