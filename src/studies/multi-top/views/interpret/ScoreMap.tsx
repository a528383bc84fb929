import { useMemo } from 'react'
import type { Loadable } from '../../../../core/loadable.ts'
import { formatNumber } from '../../../../ui/common/format.ts'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { panelState } from '../../../../ui/common/panel-state.ts'
import { MapPanel } from '../../../../ui/map/MapPanel.tsx'
import { pointsAt } from '../../../../ui/map/points-at.ts'
import type { MapColours } from '../../../../ui/map/types.ts'
import type { MapEvents } from '../../analysis/map/map-events.ts'
import type { SearchScore } from '../../analysis/search/anomaly-scores.ts'
import type { SearchView } from '../../analysis/search/search-view.ts'
import { shownPlaces } from '../../state/shown-map.ts'
import { useMultiTop, useMultiTopState } from '../context.tsx'
import { eventWords } from '../event-words.ts'
import { scoreLabels } from '../score-words.ts'

interface ScoreMapProps {
  events: MapEvents
  answer: Loadable<SearchView>
  score: SearchScore
}

/** The events of the map, coloured by a score. */
export function ScoreMap({ events, answer, score }: ScoreMapProps) {
  return (
    <Panel title="Scores on the map" className="map-host multi-top-score-map" state={panelState(answer)}>
      {answer.value && <ColouredMap values={answer.value.map[score]} {...{ events, score }} />}
    </Panel>
  )
}

function ColouredMap({
  events,
  values,
  score,
}: {
  events: MapEvents
  values: Float64Array
  score: SearchScore
}) {
  const { context } = useMultiTop()
  const intent = useMultiTopState((state) => state.intent)
  const opening = useMultiTopState((state) => state.events)
  const tsne = useMultiTopState((state) => state.tsne)
  const learned = useMultiTopState((state) => state.learned)
  const points = useMemo(
    () => pointsAt(shownPlaces(intent, events, opening.key, tsne, learned).xy),
    [intent, events, opening.key, tsne, learned],
  )
  const [low, high] = useMemo(() => {
    const sorted = Float64Array.from(values).sort()
    return [sorted[Math.floor(0.01 * sorted.length)], sorted[Math.ceil(0.99 * sorted.length) - 1]]
  }, [values])
  const colours = useMemo(
    (): MapColours => ({
      kind: 'value',
      value: Float32Array.from(values, (x) => Math.min(1, Math.max(0, (x - low) / (high - low || 1)))),
      ramp: 'viridis',
    }),
    [values, low, high],
  )
  const focus = intent.focus !== null && intent.focus < events.events ? intent.focus : null
  return (
    <MapPanel
      {...{ points, colours, selected: null, camera: intent.camera }}
      legend={{
        ...{ kind: 'ramp', ramp: 'viridis', title: scoreLabels[score] },
        ...{ low: formatNumber(low), high: formatNumber(high) },
      }}
      onCameraChange={(camera) => context.change({ camera }, 'camera')}
      onRegion={(selection) => context.change({ selection })}
      onClearSelection={() => context.change({ selection: null })}
      onPick={(event) => event !== null && context.change({ focus: event })}
      onClear={() => context.change({ focus: null })}
      markers={
        focus === null ? {} : { focus: { x: points.x[focus], y: points.y[focus], label: `Event ${focus}` } }
      }
      corner="13 TeV, LO, one dot an event"
      total={events.events}
      describeRow={(event) =>
        `${eventWords(events, event)}, ${scoreLabels[score]} ${formatNumber(values[event])}`
      }
    />
  )
}
