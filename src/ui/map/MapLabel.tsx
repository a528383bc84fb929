import { labelLayout } from './label-layout.ts'

interface MapLabelProps {
  text: string
  /** Left edge and middle of the label. */
  x: number
  y: number
  className?: string
  /** On a plate of the ground's colour: numbers on a line among dots. */
  plate?: boolean
}

/** Height of a plate, and what it is wider than its text on either side. */
const plateSize = { height: 16, beside: 3 }

/** A label with a halo of the ground's colour; C_φWB and C_φl⁽³⁾ are set with stacked scripts. */
export function MapLabel({ text, x, y, className = '', plate = false }: MapLabelProps) {
  const { runs, width } = labelLayout(text)
  const { height, beside } = plateSize
  return (
    <g className={`map-label ${className}`} transform={`translate(${x} ${y})`}>
      {plate && (
        <rect
          className="map-label-plate"
          {...{ x: -beside, y: -height / 2, width: width + 2 * beside, height, rx: 3 }}
        />
      )}
      {runs.map((run, k) => (
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
