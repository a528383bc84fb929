import { useMemo, type ReactNode } from 'react'
import { download } from '../common/download.ts'
import { FigureFrame } from '../common/FigureFrame.tsx'
import { paperTheme } from '../common/figure-theme.ts'
import { exportFigure } from '../common/plotly.ts'
import { PlotlyFigure } from '../common/PlotlyFigure.tsx'
import { useFigureTheme } from '../common/use-figure-theme.ts'
import { spectrumAxes } from './axes.ts'
import { spectrumFigure } from './figure.ts'
import { LiveLayer } from './LiveLayer.tsx'
import { referenceOf, type SpectrumCurve, type SpectrumInput } from './spectrum-input.ts'
import { spectrumSummary, spectrumTable } from './spectrum-table.ts'
import { useSettled } from './use-settled.ts'

export type SpectrumFigureInput = Omit<SpectrumInput, 'theme'>

interface SpectrumFigureProps {
  /** Everything at rest. Memoise it: plotly redraws when its identity changes. */
  input: SpectrumFigureInput
  /**
   * The curve under the slider. A new object with a new array at every move is drawn at once in its own
   * layer; axes, hover text, summary and table follow when it rests.
   */
  live?: SpectrumCurve
  height?: number
  fileName?: string
  legend?: ReactNode
  /** Called instead of the download, to add provenance to the file. */
  onExport?: (file: Blob | string, format: 'svg' | 'png' | 'csv') => void
}

const quietMs = 160
const exportSize = { width: 720, height: 620 }

export function SpectrumFigure({
  input,
  live,
  height = 440,
  fileName = 'spectrum',
  onExport,
  legend,
}: SpectrumFigureProps) {
  const theme = useFigureTheme()
  const rested = useSettled(live, quietMs)
  const full = useMemo<SpectrumInput>(
    () => ({ ...input, theme, curves: rested ? [...input.curves, rested] : input.curves }),
    [input, rested, theme],
  )
  const figure = useMemo(() => spectrumFigure(full, { drawnElsewhere: rested?.name }), [full, rested])
  const axes = useMemo(() => spectrumAxes(full), [full])
  const table = useMemo(() => spectrumTable(full), [full])
  const summary = useMemo(() => spectrumSummary(full), [full])

  const exportAs = (format: 'svg' | 'png') => async () => {
    const file = await exportFigure(spectrumFigure({ ...full, theme: paperTheme }), format, exportSize)
    if (onExport) onExport(file, format)
    else download(file, `${fileName}.${format}`)
  }

  return (
    <FigureFrame
      summary={summary}
      legend={legend}
      table={table}
      fileName={fileName}
      onExportCsv={onExport && ((csv) => onExport(csv, 'csv'))}
      exports={[
        { label: 'SVG', run: exportAs('svg') },
        { label: 'PNG', run: exportAs('png') },
      ]}
    >
      <PlotlyFigure
        figure={figure}
        height={height}
        alt={summary}
        overlay={(size) =>
          live && (
            <LiveLayer
              edges={input.edges}
              values={live.values}
              reference={referenceOf({ ...full, curves: [...input.curves, live] }).values}
              axes={axes}
              colour={live.colour ?? theme.data}
              negativeColour={theme.bad}
              size={size}
            />
          )
        }
      />
    </FigureFrame>
  )
}
