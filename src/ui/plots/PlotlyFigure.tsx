import { useEffect, useRef, useState, type ReactNode } from 'react'
import { AppError, type PlainError } from '../../errors.ts'
import { ErrorState } from '../common/Panel.tsx'
import { loadPlotly, plotlyConfig, type PlotlyApi, type PlotlyFigureSpec } from './plotly.ts'
import { Progress } from '../common/Progress.tsx'
import { useWidth } from './use-width.ts'

export interface FigureSize {
  width: number
  height: number
}

interface PlotlyFigureProps {
  /** Rebuilt by identity: memoise it. The layout must not set width and height. */
  figure: PlotlyFigureSpec
  height: number
  /** Static text alternative of the picture. */
  alt: string
  /** Drawn over the plot, at the size the plot has. */
  overlay?: (size: FigureSize) => ReactNode
}

/**
 * After a picture that took time t the page is free for 2 t before the next: a figure that changes while something
 * runs (losses of a training) must not take all of a slow processor.
 */
const restPerDrawing = 2

/** plotly in React: react on change or resize, purge at the end. No mode bar, nothing leaves the page. */
export function PlotlyFigure({ figure, height, alt, overlay }: PlotlyFigureProps) {
  const frame = useRef<HTMLDivElement>(null)
  const root = useRef<HTMLDivElement>(null)
  const drawnBy = useRef<PlotlyApi>(undefined)
  const restUntil = useRef(0)
  const width = useWidth(frame)
  const [drawn, setDrawn] = useState(false)
  const [failure, setFailure] = useState<PlainError>()
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    const element = root.current
    if (!element || width === 0) return
    let stale = false
    const draw = async () => {
      const plotly = await loadPlotly()
      if (stale) return
      // Copies: plotly writes defaults back into what it is given.
      const begun = performance.now()
      const layout = { ...structuredClone(figure.layout), width, height }
      await plotly.react(element, structuredClone(figure.data), layout, plotlyConfig)
      drawnBy.current = plotly
      const ended = performance.now()
      restUntil.current = ended + restPerDrawing * (ended - begun)
      if (stale) return
      setDrawn(true)
      setFailure(undefined)
    }
    const begin = () => {
      draw().catch((thrown: unknown) => {
        if (!stale) setFailure(AppError.from(thrown).toPlain())
      })
    }
    const rest = restUntil.current - performance.now()
    const timer = rest > 0 ? setTimeout(begin, rest) : undefined
    if (rest <= 0) begin()
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [figure, width, height, attempt])

  useEffect(() => {
    const element = root.current
    return () => {
      if (element) drawnBy.current?.purge(element)
    }
  }, [])

  return (
    <div ref={frame} className="plot" style={{ minHeight: height }}>
      <div ref={root} role="img" aria-label={alt} />
      {drawn && width > 0 && overlay?.({ width, height })}
      {failure && <ErrorState error={failure} onRetry={() => setAttempt(attempt + 1)} />}
      {!drawn && !failure && (
        <div className="panel-state">
          <Progress label="Loading the plot library" />
        </div>
      )}
    </div>
  )
}
