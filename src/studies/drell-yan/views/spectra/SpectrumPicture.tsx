import { useRef, useState, type PointerEvent } from 'react'
import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { useWidth } from '../../../../ui/plots/use-width.ts'
import { plotFrame, type SpectrumAxes } from './axes.ts'
import { LiveLayer } from './LiveLayer.tsx'
import type { SpectrumCurve } from './spectrum-input.ts'
import { binAt, SpectrumReadout } from './SpectrumReadout.tsx'
import type { SpectrumText } from './spectrum-texts.ts'
import type { SpectrumTrace } from './spectrum-trace.ts'
import { SpectrumTraces } from './SpectrumTraces.tsx'
import { SpectrumWords } from './SpectrumWords.tsx'

interface SpectrumPictureProps {
  /** Memoise both, or what rests is drawn at every move of a slider. The last trace carries the hover text. */
  traces: readonly SpectrumTrace[]
  texts: readonly SpectrumText[]
  axes: SpectrumAxes
  theme: FigureTheme
  edges: ArrayLike<number> // [bins + 1], GeV
  live?: SpectrumCurve
  reference: ArrayLike<number> // [bins], pb per bin, for the live curve
  height: number // px
  /** Static text alternative of the picture. */
  alt: string
}

/** The figure on the screen: the traces and texts that plotly draws into exported files, as SVG of our own. */
export function SpectrumPicture(props: SpectrumPictureProps) {
  const { traces, texts, axes, theme, edges, live, reference, height, alt } = props
  const root = useRef<HTMLDivElement>(null)
  const width = useWidth(root)
  const [bin, setBin] = useState<number>()
  const size = { width, height }
  const values = traces[traces.length - 1]

  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const { main, ratio } = plotFrame(size)
    const y = event.clientY - top
    const within = y >= main.top && y <= ratio.top + ratio.height
    setBin(within ? binAt(event.clientX - left, edges, axes, size) : undefined)
  }

  return (
    <div
      ref={root}
      className="plot"
      style={{ height }}
      role="img"
      aria-label={alt}
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={() => setBin(undefined)}
    >
      {width > 0 && (
        <>
          <SpectrumTraces traces={traces} axes={axes} theme={theme} {...size} />
          {live && (
            <LiveLayer
              edges={edges}
              values={live.values}
              reference={reference}
              axes={axes}
              colour={live.colour ?? theme.data}
              negativeColour={theme.bad}
              size={size}
            />
          )}
          <SpectrumWords traces={traces} texts={texts} axes={axes} theme={theme} {...size} />
          {bin !== undefined && bin + 1 < edges.length && (
            <SpectrumReadout values={values} bin={bin} axes={axes} size={size} />
          )}
        </>
      )}
    </div>
  )
}
