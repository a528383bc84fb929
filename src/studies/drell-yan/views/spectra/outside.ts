import { arrowTrace, outside } from '../../../../ui/plots/beyond-frame.ts'
import { spectrumAxes, type SpectrumAxes } from './axes.ts'
import { escapeMarkup } from './escape-markup.ts'
import { mainAxes, ratioAxes, type SpectrumTrace } from './spectrum-trace.ts'
import { against, heights, referenceOf, type SpectrumCurve, type SpectrumInput } from './spectrum-input.ts'

/** Bins whose points lie beyond the ratio panel. */
export function outsideRatio(input: SpectrumInput, curve: SpectrumCurve): number[] {
  const ratios = against(input, curve.values, referenceOf(input).values)
  return outside(ratios, spectrumAxes(input).ratio, 'linear').map(({ bin }) => bin)
}

/** Arrows at the edge for points that the frame cuts off, in both panels. */
export function outsideTraces(
  input: SpectrumInput,
  axes: SpectrumAxes,
  curve: SpectrumCurve,
  x: readonly number[],
): SpectrumTrace[] {
  if (curve.kind !== 'points') return []
  const { theme } = input
  const panels = [
    { axes: mainAxes, found: outside(heights(input, curve.values), axes.y, axes.yScale) },
    {
      axes: ratioAxes,
      found: outside(against(input, curve.values, referenceOf(input).values), axes.ratio, 'linear'),
    },
  ]
  return panels.flatMap(({ axes: where, found }) =>
    found.length === 0
      ? []
      : [
          {
            ...where,
            ...arrowTrace(found, x, curve.colour ?? theme.data),
            name: `${escapeMarkup(curve.name)}: beyond the frame`,
          },
        ],
  )
}
