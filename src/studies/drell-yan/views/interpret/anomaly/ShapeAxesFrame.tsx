import type { ObservableName } from '../../../../../physics/drell-yan/spectrum-templates.ts'
import { plainLogTicks } from '../../../../../ui/plots/log-ticks.ts'
import { observableLabels } from '../../spectra/spectrum-input.ts'
import { xOf, yOf, type ShapeAxes, type ShapeFrame } from './shape-geometry.ts'

interface ShapeAxesFrameProps {
  observable: ObservableName
  axes: ShapeAxes
  frame: ShapeFrame
}

/** Frame, ticks and titles of the plot that shapes are drawn on. */
export function ShapeAxesFrame({ observable, axes, frame }: ShapeAxesFrameProps) {
  const [base, script] = observableLabels[observable === 'ptl' ? 'ptl' : 'mll'].symbol
  const { tickvals, ticktext, minor } = plainLogTicks(axes.x, frame.width < 360 ? 4 : 7)
  const bottom = frame.pulls.top + frame.pulls.height
  const middle = (low: number, high: number) => [
    low + (high - low) / 4,
    (low + high) / 2,
    high - (high - low) / 4,
  ]
  const panels = [
    { panel: frame.ratio, range: axes.ratio },
    { panel: frame.pulls, range: axes.pulls },
  ]
  return (
    <g className="shape-frame" pointerEvents="none">
      {panels.map(({ panel, range }, k) => (
        <g key={k}>
          <rect x={frame.left} y={panel.top} width={frame.width} height={panel.height} />
          {(k === 0 ? middle(range[0], range[1]) : [range[0] / 2, 0, range[1] / 2]).map((value) => {
            const y = yOf(value, range, panel)
            return (
              <g key={value}>
                <path d={`M${frame.left},${y}h6M${frame.left + frame.width},${y}h-6`} />
                <text x={frame.left - 6} y={y} textAnchor="end" dominantBaseline="central">
                  {String(Number(value.toPrecision(4))).replace('-', '−')}
                </text>
              </g>
            )
          })}
          {[...tickvals.map((v) => [v, 6]), ...minor.map((v) => [v, 3])].map(([value, length]) => {
            const x = xOf(value, axes, frame)
            return (
              <path
                key={value}
                d={`M${x},${panel.top + panel.height}v${-length}M${x},${panel.top}v${length}`}
              />
            )
          })}
        </g>
      ))}
      {tickvals.map((value, i) => (
        <text key={value} x={xOf(value, axes, frame)} y={bottom + 14} textAnchor="middle">
          {ticktext[i]}
        </text>
      ))}
      <text x={frame.left + frame.width} y={bottom + 32} textAnchor="end">
        <tspan fontStyle="italic">{base}</tspan>
        <tspan dy="3" fontSize="9">
          {script}
        </tspan>
        <tspan dy="-3"> [GeV]</tspan>
      </text>
      <text transform={`translate(12 ${frame.ratio.top}) rotate(-90)`} textAnchor="end">
        ratio to the SM
      </text>
      <text transform={`translate(12 ${frame.pulls.top}) rotate(-90)`} textAnchor="end">
        pull
      </text>
    </g>
  )
}
