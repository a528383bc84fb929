import { EmptyState, Panel } from '../../../../ui/common/Panel.tsx'
import { panelState } from '../../../../ui/common/panel-state.ts'
import { PanelBoundary } from '../../../../ui/common/PanelBoundary.tsx'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { useProduct } from '../../../../ui/common/use-product.ts'
import type { MapEvents } from '../../analysis/map/map-events.ts'
import { ModelChoice } from '../common/ModelChoice.tsx'
import { useMultiTop, useMultiTopState } from '../context.tsx'
import { DroppedPanel } from '../DroppedPanel.tsx'
import { scoreLabels } from '../score-words.ts'
import { Efficiencies } from './Efficiencies.tsx'
import { ScoreMap } from './ScoreMap.tsx'
import { SearchHistogram } from './SearchHistogram.tsx'
import { signalLabels } from './search-words.ts'

/** How much of dark matter lies above cuts on what a transformer of the Standard Model finds strange. */
export function SearchTab({ events }: { events: MapEvents }) {
  const { context, found, search } = useMultiTop()
  const { signal, score, seed } = useMultiTopState((state) => state.intent)
  const eventsKey = useMultiTopState((state) => state.events.key)
  const transformer = useMultiTopState((state) => state.transformer)
  const own = useMultiTopState((state) => state.ownFile?.id)
  const now = useMultiTopState((state) => state.found)
  const { result, retry } = useProduct(found, now, {
    key: transformer.value ? JSON.stringify([eventsKey, transformer.key, signal, seed, own]) : null,
    label: 'Scoring the events of all samples',
    make: search(),
  })
  const view = result.value
  const state = panelState(result, retry)
  return (
    <div className="multi-top" data-testid="multi-top-search" data-status={result.status}>
      <div className="multi-top-side">
        <PanelBoundary title="Search">
          <Panel
            title="Search by what the transformer doubts"
            // What is searched for, and what a score means, is there before the first one.
            state={
              state.kind === 'loading'
                ? { kind: 'partial', message: state.label, fraction: state.fraction }
                : state
            }
          >
            <div className="stack">
              <div className="multi-top-hide-bar">
                <SelectField
                  {...{ label: 'searched for', value: signal, labels: signalLabels }}
                  onChange={(id) => context.change({ signal: id })}
                />
                <SelectField
                  {...{ label: 'score', value: score, labels: scoreLabels }}
                  onChange={(id) => context.change({ score: id })}
                />
                <ModelChoice />
              </div>
              {!view && result.status === 'running' && (
                <EmptyState message="The score of the Standard Model's test events and of the signal comes here, with the cuts that let 10, 1 and 0.1 % through." />
              )}
              {view && <SearchHistogram view={view} score={score} />}
              {view && <Efficiencies view={view} score={score} />}
              <p className="small">
                Entropy is high where a transformer cannot tell classes of the Standard Model apart. It cannot
                find a signal that looks like one of them for certain, as dark matter beside a clean top pair
                may: an AUC below 0.5 says that the score prefers the Standard Model, and that no cut on it
                finds this signal. No signal was ever learned from, so that no score here is optimal for any.
              </p>
            </div>
          </Panel>
        </PanelBoundary>
      </div>
      <div className="multi-top-side">
        <PanelBoundary title="Scores on the map">
          <ScoreMap {...{ events, score }} answer={result} />
        </PanelBoundary>
        <PanelBoundary title="Your events">
          <DroppedPanel hovered={null} />
        </PanelBoundary>
      </div>
    </div>
  )
}
