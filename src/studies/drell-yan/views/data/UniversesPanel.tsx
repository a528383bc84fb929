import { useMemo, useRef } from 'react'
import { morphSpectrum } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { panelsOf, shownValues, withoutRapidity } from '../../analysis/shown-spectrum.ts'
import { coefficientsOf, validUniverses } from '../../analysis/universes.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { useDrellYan } from '../context.tsx'
import type { Column } from '../../../../ui/common/DataTable.tsx'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { exportFigure } from '../../../../ui/plots/plotly.ts'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import { useWidth } from '../../../../ui/plots/use-width.ts'
import { exportWithProvenance } from '../common/provenance.ts'
import { binNames } from './covariance-figure.ts'
import { universesFigure, universesSummary, type UniversesFigureInput } from './universes-figure.ts'

/** As many as Fig. 5 of arXiv:2512.15862 shows; more lines hide one another. */
const drawn = 100

/** Two panels side by side need as much [px]. */
const wideEnough = 560

interface BinRow {
  bin: string
  sm: number
  lowest: number
  median: number
  highest: number
}

const columns: Column<BinRow>[] = [
  { key: 'bin', label: 'bin', unit: 'GeV', value: (row) => row.bin },
  { key: 'sm', label: 'SM', unit: 'pb per bin', value: (row) => row.sm },
  { key: 'lowest', label: 'lowest ratio', value: (row) => row.lowest },
  { key: 'median', label: 'median ratio', value: (row) => row.median },
  { key: 'highest', label: 'highest ratio', value: (row) => row.highest },
]

/** What the universes of the open dataset look like before any network sees them. */
export function UniversesPanel({ header }: { header: OpenDataset['header'] }) {
  const { context } = useDrellYan()
  const theme = useFigureTheme()
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const { universeModel: model, table, shape, manifest } = header
  const { order } = manifest
  const shown = useMemo(() => {
    const { templates } = model
    // Universe 0 is the Standard Model, which is drawn as such.
    const universes = validUniverses(table, order)
      .filter((u) => u > 0)
      .slice(0, drawn)
    const parts = withoutRapidity(templates.observables)
    const drawnOf = (spectrum: Float64Array) => parts.flatMap((part) => [...shownValues(part, spectrum)])
    return {
      observables: panelsOf(templates.observables),
      sm: drawnOf(templates.sm),
      spectra: Float64Array.from(
        universes.flatMap((u) => drawnOf(morphSpectrum(templates, coefficientsOf(table, u), order))),
      ),
      family: universes.map((u) => shape.family[u]),
    }
  }, [model, table, shape, order])
  const input = useMemo(
    (): UniversesFigureInput => ({ ...shown, theme, columns: width >= wideEnough ? 2 : 1 }),
    [shown, theme, width],
  )
  const figure = useMemo(() => universesFigure(input), [input])
  const rows = useMemo(() => rowsOf(input), [input])
  const summary = universesSummary(input, table.count - 1)
  const exportAs = async (format: 'svg' | 'png') => {
    const paper = universesFigure({ ...input, theme: paperTheme, columns: 2 })
    const file = await exportFigure(paper, format, { width: 900, height: 460 })
    await exportWithProvenance(context, file, format, 'universes')
  }
  return (
    <Panel title="Universes over the Standard Model">
      <div ref={frame}>
        <FigureFrame
          summary={summary}
          table={{ caption: 'Ratios to the Standard Model, over the universes drawn', columns, rows }}
          onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'universes')}
          exports={[
            { label: 'SVG', run: () => exportAs('svg') },
            { label: 'PNG', run: () => exportAs('png') },
          ]}
        >
          <PlotlyFigure figure={figure} height={input.columns === 2 ? 380 : 640} alt={summary} />
        </FigureFrame>
      </div>
    </Panel>
  )
}

function rowsOf({ observables, sm, spectra, family }: UniversesFigureInput): BinRow[] {
  const names = binNames(observables, 'text')
  return names.map((bin, b) => {
    const ratios = Array.from(family, (_, u) => spectra[u * names.length + b] / sm[b]).sort((x, y) => x - y)
    return {
      ...{ bin, sm: sm[b], lowest: ratios[0], highest: ratios[ratios.length - 1] },
      median: ratios[Math.floor(ratios.length / 2)],
    }
  })
}
