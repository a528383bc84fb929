import type { PlotlyJson } from '../../../../ui/plots/plotly.ts'
import { spectrumAxes } from './axes.ts'
import { spectrumLayout } from './layout.ts'
import { outsideTraces } from './outside.ts'
import type { SpectrumCurve, SpectrumInput } from './spectrum-input.ts'
import type { SpectrumTrace } from './spectrum-trace.ts'
import {
  bandTraces,
  centres,
  hoverTrace,
  legendEntry,
  negativeTraces,
  pointTraces,
  stepTraces,
} from './traces.ts'

/** Drawn on the screen by SpectrumPicture, in exported files by plotly. */
export interface SpectrumFigureSpec {
  data: SpectrumTrace[]
  layout: PlotlyJson
}

export interface FigureOptions {
  /** Name of the curve that the live layer draws instead: it keeps its place in legend, ranges and hover text. */
  drawnElsewhere?: string
}

/**
 * A spectrum over its ratio to the reference, as physicists print it: log-log, content divided by bin width,
 * ticks inwards on four sides, axis titles at the ends, theory as steps, data as points, bands hatched or light.
 */
export function spectrumFigure(input: SpectrumInput, options: FigureOptions = {}): SpectrumFigureSpec {
  const axes = spectrumAxes(input)
  const sm: SpectrumCurve = { name: 'SM', values: input.sm, colour: input.theme.ink, kind: 'line' }
  const data: SpectrumTrace[] = []
  for (const band of input.bands ?? []) data.push(...bandTraces(input, axes, band))
  for (const curve of [sm, ...input.curves]) {
    if (curve.name === options.drawnElsewhere) data.push(legendEntry(curve))
    else
      data.push(
        ...(curve.kind === 'line' ? stepTraces(input, curve) : pointTraces(input, curve)),
        ...negativeTraces(input, axes, curve),
        ...outsideTraces(input, axes, curve, centres(input)),
      )
  }
  data.push(hoverTrace(input, [sm, ...input.curves]))
  return { data, layout: spectrumLayout(input, axes) }
}
