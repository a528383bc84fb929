import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ComparedMaps } from '../../analysis/drell-yan/compare/compare-maps.ts'
import { defaultIntent } from '../../share/default-intent.ts'
import type { OpenDataset } from '../../state/app-state.ts'
import { mapChoices, type Comparison } from '../../state/latent-actions.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { DatasetGate } from '../common/DatasetGate.tsx'
import { FigureFrame } from '../common/FigureFrame.tsx'
import { Panel } from '../common/Panel.tsx'
import { PanelBoundary } from '../common/PanelBoundary.tsx'
import { useJob } from '../common/use-job.ts'
import { exportWithProvenance } from '../explore/provenance.ts'
import type { MapTool } from '../embedding/gesture-session.ts'
import { comparisonSummary } from './compare-figure.ts'
import './compare.css'
import { CompareGrid } from './CompareGrid.tsx'
import { compareColumns, compareRows, ComparePanels } from './ComparePanels.tsx'
import { CompareToolbar } from './CompareToolbar.tsx'
import { selectedUniverses } from './selected-universes.ts'

/** Two to four maps beside one another, with one selection and one universe in focus. */
export function CompareView() {
  return <DatasetGate title="Maps side by side" View={OpenCompare} />
}

function OpenCompare({ open }: { open: OpenDataset }) {
  const { files, openLatent, store } = useApp()
  const intent = useAppState((state) => state.intent)
  const shelf = useAppState((state) => state.shelf)
  const dataset = useAppState((state) => state.dataset)
  const own = useAppState((state) => state.ownEncoders)
  useEffect(() => void files.loadShelf(), [files])
  const choices = useMemo(() => mapChoices({ shelf, dataset }, own), [shelf, dataset, own])
  // The default first map belongs to the default dataset; elsewhere the open encoder takes its place.
  const wanted = intent.compare.maps
  const standIn = open.header.manifest.id !== defaultIntent.dataset || intent.setup !== null
  const ids = useMemo(
    () => wanted.map((id) => (standIn && id === defaultIntent.compare.maps[0] ? open.encoder.id : id)),
    [wanted, standIn, open.encoder.id],
  )
  const k = intent.neighbourCount
  const { header, encoder } = open
  const idList = ids.join(' ')
  const ask = useCallback(
    async (watch: { signal: AbortSignal; onProgress: (fraction: number) => void }): Promise<Comparison> =>
      (await openLatent()).compare(open, idList.split(' '), k, watch),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- rows that stream in move no universe; one of `own` may be asked for
    [openLatent, header, encoder.id, idList, k, own],
  )
  const { result, retry } = useJob('Laying maps side by side', ask)
  // An answer about other universes must not be drawn with these.
  const compared =
    result.value?.compared?.counted.length === header.table.count ? result.value.compared : null
  const failures = result.value?.failures ?? []
  const selected = useMemo(
    () => selectedUniverses(open, intent.selection),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- rows that stream in move no universe
    [header, open.embedding, intent.selection],
  )
  const [tool, setTool] = useState<MapTool>('pan')

  return (
    <div className="compare" data-testid="compare" data-status={result.status} data-maps={idList}>
      <PanelBoundary title="Maps">
        <Panel
          title="Maps side by side"
          badges={
            <span className="small soft map-lead">
              one selection, one universe in focus; the first map is what the others are compared with
            </span>
          }
          state={
            result.status === 'failed' && result.error
              ? { kind: 'error', error: result.error, keepContent: compared !== null, onRetry: retry }
              : result.status === 'running'
                ? compared
                  ? { kind: 'partial', message: result.label ?? '', fraction: result.fraction ?? undefined }
                  : { kind: 'loading', label: result.label ?? '', fraction: result.fraction ?? undefined }
                : { kind: 'ready' }
          }
        >
          <CompareToolbar ids={ids} choices={choices} tool={tool} onTool={setTool} />
          {failures.map(({ id, error }) => (
            <p key={id} role="alert" className="small">
              {id}: {error.message}
            </p>
          ))}
          {compared && (
            <ComparedFigure
              {...{ open, compared, ids, choices, selected, tool }}
              onCsv={(csv) => void exportWithProvenance(store.getState(), csv, 'csv', 'compare')}
            />
          )}
        </Panel>
      </PanelBoundary>
      {compared && <ComparePanels open={open} compared={compared} selected={selected} />}
    </div>
  )
}

interface ComparedFigureProps {
  open: OpenDataset
  compared: ComparedMaps
  ids: readonly string[]
  choices: readonly { id: string; label: string }[]
  selected: Uint8Array | null
  tool: MapTool
  onCsv: (csv: string) => void
}

function ComparedFigure({ compared, onCsv, ...rest }: ComparedFigureProps) {
  return (
    <FigureFrame
      summary={comparisonSummary(compared)}
      table={{ caption: 'Maps against the first one', columns: compareColumns, rows: compareRows(compared) }}
      onExportCsv={onCsv}
    >
      <CompareGrid compared={compared} {...rest} />
    </FigureFrame>
  )
}
