import { memo, useId } from 'react'
import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { MarkupText } from '../../../../ui/plots/MarkupText.tsx'
import { legendCorner, margin, plotFrame, type PlotFrame, type SpectrumAxes } from './axes.ts'
import { markerPath, tickPlaces } from './drawn-trace.ts'
import { dashes, Hatching } from './SpectrumTraces.tsx'
import type { SpectrumText } from './spectrum-texts.ts'
import { spectrumTicks } from './spectrum-ticks.ts'
import type { SpectrumTrace } from './spectrum-trace.ts'

interface SpectrumWordsProps {
  traces: readonly SpectrumTrace[]
  texts: readonly SpectrumText[]
  axes: SpectrumAxes
  theme: FigureTheme
  width: number // px
  height: number // px
}

/** What stands above the live curve: numbers at the axes, titles and legend. */
export const SpectrumWords = memo(function SpectrumWords(props: SpectrumWordsProps) {
  const { traces, texts, axes, theme, width, height } = props
  const frame = plotFrame({ width, height })
  return (
    <svg
      className="drawn-figure drawn-words"
      viewBox={`0 0 ${width} ${height}`}
      fontFamily={theme.font}
      aria-hidden="true"
    >
      <Numbers axes={axes} frame={frame} colour={theme.ink} />
      {texts.map((text) => (
        <PlacedText key={text.text} {...text} width={width} height={height} />
      ))}
      <Legend traces={traces} colour={theme.ink} width={width} height={height} />
    </svg>
  )
})

const tickSize = 12

interface NumbersProps {
  axes: SpectrumAxes
  frame: PlotFrame
  colour: string
}

function Numbers({ axes, frame, colour }: NumbersProps) {
  const ticks = spectrumTicks(axes)
  const style = { size: tickSize, colour }
  const foot = frame.ratio.top + frame.ratio.height
  const beside = (panel: 'main' | 'ratio') => {
    const { tickvals, ticktext } = panel === 'main' ? ticks.y : ticks.ratio
    return tickPlaces('y', tickvals, axes, frame, panel).map((y, k) => (
      <MarkupText
        key={`${panel}-${tickvals[k]}`}
        markup={ticktext[k]}
        x={frame.left - 4}
        y={y + 0.35 * tickSize}
        anchor="end"
        {...style}
      />
    ))
  }
  return (
    <>
      {beside('main')}
      {beside('ratio')}
      {tickPlaces('x', ticks.x.tickvals, axes, frame, 'ratio').map((x, k) => (
        <MarkupText
          key={ticks.x.tickvals[k]}
          markup={ticks.x.ticktext[k]}
          x={x}
          y={foot + 4 + tickSize}
          anchor="middle"
          {...style}
        />
      ))}
    </>
  )
}

/** From the upper edge of a text's box to its first baseline, and from its side inwards [px]. */
const baseline = (size: number) => 2 + 0.94 * size
const padding = 2

function PlacedText({ width, height, ...text }: SpectrumText & { width: number; height: number }) {
  const { size, color } = text.font
  const x = margin.l + text.x * (width - margin.l - margin.r) + text.xshift
  const y = margin.t + (1 - text.y) * (height - margin.t - margin.b) - text.yshift
  const turned = text.textangle === -90
  // A turned text ends at the top of its box, and its baseline is the box's right edge less the descent.
  const place = turned
    ? { x: x - padding - 0.28 * size, y: y + padding }
    : { x: text.xanchor === 'left' ? x + padding : x - padding, y: y + baseline(size) }
  return (
    <MarkupText
      markup={text.text}
      {...place}
      size={size}
      colour={color}
      anchor={text.xanchor === 'left' ? 'start' : 'end'}
      transform={turned ? `rotate(-90 ${place.x} ${place.y})` : undefined}
    />
  )
}

/** Rows and samples of plotly's legend [px]. */
const legend = { row: 19, pad: 5, sample: 30, size: 12 }

interface LegendProps {
  traces: readonly SpectrumTrace[]
  colour: string
  width: number
  height: number
}

function Legend({ traces, colour, width, height }: LegendProps) {
  const id = useId()
  const entries = traces.filter(({ showlegend }) => showlegend !== false)
  const left = margin.l + legendCorner.x * (width - margin.l - margin.r) + legend.pad
  const foot = margin.t + (1 - legendCorner.y) * (height - margin.t - margin.b) - legend.pad
  return entries.map((trace, k) => {
    const y = foot - (entries.length - k - 0.5) * legend.row
    const { line, marker, fillpattern } = trace
    const middle = { x: left + legend.sample / 2, y }
    return (
      <g key={trace.name} fill="none">
        {fillpattern && <Hatching id={`${id}-${k}`} {...fillpattern} />}
        {trace.fill && (
          <rect
            x={left}
            y={y - 3}
            width={legend.sample}
            height={6}
            fill={fillpattern ? `url(#${id}-${k})` : trace.fillcolor}
          />
        )}
        {trace.mode === 'lines' && !trace.fill && (
          <path
            d={`M${left},${y}h${legend.sample}`}
            stroke={line?.color}
            strokeWidth={line?.width}
            strokeDasharray={line?.dash && dashes[line.dash]}
          />
        )}
        {trace.mode === 'markers' && <path d={markerPath(middle, marker?.size ?? 6)} fill={marker?.color} />}
        <MarkupText
          markup={trace.name}
          x={left + legend.sample + legend.pad}
          y={y + 4.7}
          size={legend.size}
          colour={colour}
        />
      </g>
    )
  })
}
