import { useMemo, type ReactNode } from 'react'
import { download } from '../../../../ui/common/download.ts'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { exportFigure } from '../../../../ui/plots/plotly.ts'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import { spectrumAxes } from './axes.ts'
import { spectrumFigure } from './spectrum-figure.ts'
import { referenceOf, type SpectrumCurve, type SpectrumInput } from './spectrum-input.ts'
import { spectrumColumns, spectrumSummary, spectrumTable } from './spectrum-table.ts'
import { spectrumTexts } from './spectrum-texts.ts'
import { SpectrumPicture } from './SpectrumPicture.tsx'
import { useSettled } from './use-settled.ts'

export type SpectrumFigureInput = Omit<SpectrumInput, 'theme'>

interface SpectrumFigureProps {
  /** Everything at rest. Memoise it: the figure is drawn anew when its identity changes. */
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
  onExport?: (file: Blob | string, format: 'svg' | 'png' | 'csv') => void | Promise<void>
  /** Lines that files of numbers carry. */
  provenance?: () => Promise<readonly string[]>
}

const quietMs = 160
const exportSize = { width: 720, height: 620 }

/** A spectrum over its ratio, drawn by the page itself; plotly is loaded when a picture is exported. */
export function SpectrumFigure({
  input,
  live,
  height = 440,
  fileName = 'spectrum',
  onExport,
  provenance,
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
  const texts = useMemo(() => spectrumTexts(full), [full])
  const table = useMemo(() => spectrumTable(full), [full])
  const summary = useMemo(() => spectrumSummary(full), [full])

  const exportAs = (format: 'svg' | 'png') => async () => {
    const file = await exportFigure(spectrumFigure({ ...full, theme: paperTheme }), format, exportSize)
    if (onExport) await onExport(file, format)
    else download(file, `${fileName}.${format}`)
  }

  const saveNumbers = (kind: 'hepDataSubmission' | 'spectrumNpz', ending: string) => async () => {
    const files = await import('../../analysis/spectrum-files.ts')
    const bytes = await files[kind](spectrumColumns(full, (await provenance?.()) ?? []))
    download(new Blob([bytes]), `theoryscape-${fileName}${ending}`)
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
        { label: 'HEPData submission', run: saveNumbers('hepDataSubmission', '-hepdata.zip') },
        { label: 'npz', run: saveNumbers('spectrumNpz', '.npz') },
      ]}
    >
      <SpectrumPicture
        traces={figure.data}
        texts={texts}
        axes={axes}
        theme={theme}
        edges={input.edges}
        live={live}
        reference={referenceOf(live ? { ...full, curves: [...input.curves, live] } : full).values}
        height={height}
        alt={summary}
      />
    </FigureFrame>
  )
}
