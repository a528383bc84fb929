import { useState, type ReactNode } from 'react'
import type { Loadable } from '../../core/loadable.ts'
import type { PlainError } from '../../errors.ts'
import type { ComparedMaps } from '../../numerics/compared-maps.ts'
import type { Recorded } from '../../core/recorded.ts'
import { RecordedBadge } from '../common/RecordedBadge.tsx'
import { Panel } from '../common/Panel.tsx'
import { panelState } from '../common/panel-state.ts'
import { PanelBoundary } from '../common/PanelBoundary.tsx'
import type { MapTool } from '../map/gesture-session.ts'
import { FigureFrame } from '../plots/FigureFrame.tsx'
import { comparisonSummary } from './compare-figure.ts'
import { CompareGrid, type CompareGridProps } from './CompareGrid.tsx'
import { compareColumns, compareRows, ComparePanels } from './ComparePanels.tsx'
import { CompareToolbar } from './CompareToolbar.tsx'

interface CompareMapsProps extends Omit<CompareGridProps, 'compared' | 'tool'> {
  answer: Loadable<ComparedMaps>
  onRetry: () => void
  /** Maps that could not be laid beside the others. */
  failures?: readonly { id: string; error: PlainError }[]
  /** The answer is one that is shipped, without neighbours of each point. */
  recorded?: Recorded
  neighbours: number
  onNeighbours: (count: number) => void
  onExportCsv: (csv: string) => void | Promise<void>
  /** Further ways to a map. */
  children?: ReactNode
}

/** Two to four maps of the same points beside one another, with one selection and one point in focus. */
export function CompareMaps(props: CompareMapsProps) {
  const {
    answer,
    onRetry,
    failures = [],
    recorded,
    neighbours,
    onNeighbours,
    onExportCsv,
    children,
    ...grid
  } = props
  const { settings, onSettings, choices, selected, onSelected, focus, onFocus, words } = grid
  const [tool, setTool] = useState<MapTool>('pan')
  const compared = answer.value
  const state = panelState(answer, onRetry)
  return (
    <div
      className="compare"
      data-testid="compare"
      data-status={answer.status}
      data-maps={settings.maps.join(' ')}
    >
      <PanelBoundary title="Maps">
        <Panel
          title="Maps side by side"
          badges={
            <>
              <RecordedBadge recorded={recorded} />
              <span className="small soft map-lead">
                one selection, one {words.one} in focus; the first map is what the others are compared with
              </span>
            </>
          }
          // Which maps come is there before they are.
          state={
            state.kind === 'loading'
              ? { kind: 'partial', message: state.label, fraction: state.fraction }
              : state
          }
        >
          <CompareToolbar
            {...{ settings, onSettings, choices, tool, onTool: setTool, neighbours, onNeighbours }}
            onClearSelection={selected && (() => onSelected(null))}
          >
            {children}
          </CompareToolbar>
          {failures.map(({ id, error }) => (
            <p key={id} role="alert" className="small">
              {id}: {error.message}
            </p>
          ))}
          {!compared && answer.status === 'running' && (
            <div className="compare-grid" data-count={settings.maps.length}>
              {settings.maps.map((id) => (
                <div key={id} className="compare-map">
                  <p className="compare-head small soft">
                    {choices.find((choice) => choice.id === id)?.label ?? id}
                  </p>
                  <div className="compare-frame compare-coming" />
                </div>
              ))}
            </div>
          )}
          {compared && (
            <FigureFrame
              summary={comparisonSummary(compared, words)}
              table={{
                caption: 'Maps against the first one',
                columns: compareColumns,
                rows: compareRows(compared),
              }}
              onExportCsv={onExportCsv}
            >
              <CompareGrid {...grid} compared={compared} tool={tool} />
            </FigureFrame>
          )}
        </Panel>
      </PanelBoundary>
      {compared && (
        <ComparePanels
          {...{ compared, onFocus, words }}
          // What is asked of single points waits for their neighbours.
          {...(recorded ? { selected: null, focus: null } : { selected, focus })}
        />
      )}
    </div>
  )
}
