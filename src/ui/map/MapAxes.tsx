import type { Camera, Viewport } from './camera.ts'
import { toScreen, visibleBounds } from './camera.ts'
import { axisTicks } from './figure.ts'

/** Room for the title of the vertical axis [px]. */
const titleLength = 22

interface MapAxesProps {
  camera: Camera
  viewport: Viewport
  titles: readonly [string, string]
  corner?: string
}

/** Frame with ticks inwards on all four sides, numbers outside, titles at the ends of the axes. */
export function MapAxes({ camera, viewport, titles, corner }: MapAxesProps) {
  const { width, height, turned = false } = viewport
  const { xMin, xMax, yMin, yMax } = visibleBounds(camera, viewport)
  const [first, second] = [
    [xMin, xMax],
    [yMin, yMax],
  ] as const
  const [across, up] = turned ? [second, first] : [first, second]
  const xTicks = axisTicks(...across, width)
  const yTicks = axisTicks(...up, height, 80)
  // Up to pages of 720 px, where the map has less of a margin (embedding.css).
  const narrow = width < 690
  const sx = (x: number) => (turned ? toScreen(camera, viewport, 0, x) : toScreen(camera, viewport, x, 0))[0]
  const sy = (y: number) => (turned ? toScreen(camera, viewport, y, 0) : toScreen(camera, viewport, 0, y))[1]
  // Where there is little room, numbers and title share a column: the title is at its upper end.
  const yLabels = yTicks.major.filter(({ at }) => !narrow || sy(at) > titleLength)
  const path = [
    ...xTicks.major.map(({ at }) => `M${sx(at)} ${height}v-8M${sx(at)} 0v8`),
    ...xTicks.minor.map((at) => `M${sx(at)} ${height}v-4M${sx(at)} 0v4`),
    ...yTicks.major.map(({ at }) => `M0 ${sy(at)}h8M${width} ${sy(at)}h-8`),
    ...yTicks.minor.map((at) => `M0 ${sy(at)}h4M${width} ${sy(at)}h-4`),
  ].join('')
  return (
    <g className="map-axes">
      <path d={path} className="map-ticks" />
      <rect x={0} y={0} width={width} height={height} className="map-border" />
      {xTicks.major.map(({ at, label }) => (
        <text key={label} x={sx(at)} y={height + 16} textAnchor="middle" className="map-tick-label">
          {label}
        </text>
      ))}
      {yLabels.map(({ at, label }) => (
        <text key={label} x={-7} y={sy(at)} dy="0.34em" textAnchor="end" className="map-tick-label">
          {label}
        </text>
      ))}
      <text x={width} y={height + 33} textAnchor="end" className="map-title">
        {titles[turned ? 1 : 0]}
      </text>
      <text
        transform={`translate(${narrow ? -23 : -32} 0) rotate(-90)`}
        textAnchor="end"
        className="map-title"
      >
        {titles[turned ? 0 : 1]}
      </text>
      {corner && (
        <text x={16} y={26} className="map-corner">
          {corner}
        </text>
      )}
    </g>
  )
}
