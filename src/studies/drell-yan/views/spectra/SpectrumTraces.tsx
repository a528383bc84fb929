import { memo, useId } from 'react'
import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { plotFrame, position, type PlotFrame, type SpectrumAxes } from './axes.ts'
import { drawnTrace, tickPath } from './drawn-trace.ts'
import { spectrumTicks } from './spectrum-ticks.ts'
import type { SpectrumTrace } from './spectrum-trace.ts'

interface SpectrumTracesProps {
  traces: readonly SpectrumTrace[]
  axes: SpectrumAxes
  theme: FigureTheme
  width: number // px
  height: number // px
}

const panels = ['main', 'ratio'] as const

/** What rests below the live curve: bands, curves and points of both panels, frames and ticks. */
export const SpectrumTraces = memo(function SpectrumTraces(props: SpectrumTracesProps) {
  const { traces, axes, theme, width, height } = props
  const id = useId()
  const frame = plotFrame({ width, height })
  const one = position(
    axes.neutral,
    axes.ratio,
    'linear',
    frame.ratio.top + frame.ratio.height,
    -frame.ratio.height,
  )
  return (
    <svg className="drawn-figure" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {panels.map((panel) => (
        <clipPath key={panel} id={`${id}-${panel}`}>
          <rect {...box(frame, panel)} />
        </clipPath>
      ))}
      {axes.ratio[0] < axes.neutral && (
        <path
          d={`M${frame.left},${one}h${frame.width}`}
          stroke={theme.inkSoft}
          strokeDasharray={dashes.dot}
          fill="none"
        />
      )}
      {traces.map((trace, k) => {
        const drawn = drawnTrace(trace, axes, frame)
        const { line, marker, fillpattern } = trace
        const bar = trace.error_x ?? trace.error_y
        return (
          <g key={k} clipPath={`url(#${id}-${drawn.panel})`} fill="none">
            {fillpattern && <Hatching id={`${id}-hatch-${k}`} {...fillpattern} />}
            {drawn.area && (
              <path d={drawn.area} fill={fillpattern ? `url(#${id}-hatch-${k})` : trace.fillcolor} />
            )}
            {drawn.errors && <path d={drawn.errors} stroke={bar?.color} strokeWidth={bar?.thickness} />}
            {drawn.line && (
              <path
                d={drawn.line}
                stroke={line?.color}
                strokeWidth={line?.width}
                strokeDasharray={line?.dash && dashes[line.dash]}
              />
            )}
            {drawn.points && <path d={drawn.points} fill={marker?.color} />}
          </g>
        )
      })}
      <FrameLines axes={axes} frame={frame} colour={theme.ink} />
    </svg>
  )
})

/** Lengths in pixels, as plotly has them for lines up to 3 px. */
export const dashes = { solid: undefined, dash: '9 9', dot: '3 3' }

const box = ({ left, width, ...rows }: PlotFrame, panel: 'main' | 'ratio') => ({
  x: left,
  width,
  y: rows[panel].top,
  height: rows[panel].height,
})

interface FrameLinesProps {
  axes: SpectrumAxes
  frame: PlotFrame
  colour: string
}

function FrameLines({ axes, frame, colour }: FrameLinesProps) {
  const ticks = spectrumTicks(axes)
  return panels.map((panel) => {
    const along = panel === 'main' ? ticks.y : ticks.ratio
    const path = (axis: 'x' | 'y', values: number[], length: number) =>
      tickPath(axis, values, length, axes, frame, panel)
    return (
      <g key={panel} stroke={colour} fill="none">
        <rect {...box(frame, panel)} />
        <path d={path('x', ticks.x.tickvals, 7) + path('x', ticks.x.minor, 4)} />
        <path d={path('y', along.tickvals, 7) + path('y', along.minor, 4)} />
      </g>
    )
  })
}

interface HatchingProps {
  id: string
  fgcolor: string
  size: number
  solidity: number
}

/** Rising lines at plotly's spacing and width. */
export function Hatching({ id, fgcolor, size, solidity }: HatchingProps) {
  const side = size * Math.SQRT2
  const quarter = side / 4
  return (
    <pattern id={id} width={side} height={side} patternUnits="userSpaceOnUse">
      <path
        d={`M${-quarter},${quarter}l${2 * quarter},${-2 * quarter}M0,${side}L${side},0M${3 * quarter},${5 * quarter}l${2 * quarter},${-2 * quarter}`}
        stroke={fgcolor}
        strokeWidth={solidity * size}
      />
    </pattern>
  )
}
