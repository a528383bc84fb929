import { MarkupBlock } from '../../../../ui/plots/MarkupText.tsx'
import { plotFrame, position, type SpectrumAxes } from './axes.ts'
import type { SpectrumTrace } from './spectrum-trace.ts'

interface SpectrumReadoutProps {
  /** The trace with a text for each bin. */
  values: SpectrumTrace
  bin: number
  axes: SpectrumAxes
  size: { width: number; height: number }
}

/** All curves in the bin under the pointer, and a line through both panels at its middle. */
export function SpectrumReadout({ values, bin, axes, size }: SpectrumReadoutProps) {
  const frame = plotFrame(size)
  const x = position(values.x[bin] ?? NaN, axes.x, axes.xScale, frame.left, frame.width)
  const foot = frame.main.top + frame.main.height
  const y = position(values.y[bin] ?? axes.y[0], axes.y, axes.yScale, foot, -frame.main.height)
  const middle = frame.main.top + frame.main.height / 2
  // The share of the box left of the line is the share of the figure left of it: it never leaves the figure.
  const across = `${(-100 * x) / size.width}%`
  const below = y < middle
  return (
    <>
      <div
        className="plot-readout-line"
        style={{
          left: x,
          top: frame.main.top,
          height: frame.ratio.top + frame.ratio.height - frame.main.top,
        }}
      />
      <div
        className="plot-readout"
        style={{
          left: x,
          top: Math.min(foot - 8, Math.max(frame.main.top + 8, below ? y + 10 : y - 10)),
          transform: `translate(${across}, ${below ? '0' : '-100%'})`,
        }}
      >
        <MarkupBlock markup={values.text?.[bin] ?? ''} />
      </div>
    </>
  )
}

/** The bin under a pixel; undefined beside the frame. @param edges  [bins + 1], GeV */
export function binAt(
  x: number,
  edges: ArrayLike<number>,
  axes: SpectrumAxes,
  size: { width: number; height: number },
): number | undefined {
  const { left, width } = plotFrame(size)
  const at = (edge: number) => position(edges[edge], axes.x, axes.xScale, left, width)
  for (let bin = 0; bin + 1 < edges.length; bin++) if (x >= at(bin) && x < at(bin + 1)) return bin
  return undefined
}
