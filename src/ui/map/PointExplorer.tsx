import { useMemo } from 'react'
import { nearestOthers } from '../../numerics/neighbour-lists.ts'
import type { MapIntent } from '../../share/map-schema.ts'
import { Panel } from '../common/Panel.tsx'
import type { PointWords } from './point-words.ts'
import type { ColourLegend } from './MapLegend.tsx'
import { MapPanel } from './MapPanel.tsx'
import { NeighbourList } from './NeighbourList.tsx'
import { pointsAt } from './points-at.ts'
import { PointTable } from './PointTable.tsx'
import { KeptSelections, PointGoTo } from './PointFinder.tsx'
import { pointSelection } from './point-selection.ts'
import type { MapColours } from './types.ts'

interface PointExplorerProps {
  title: string
  xy: ArrayLike<number> // [points, 2] row-major
  /** Numbers of each point, in which it has neighbours. */
  values: ArrayLike<number> // [points, names] row-major
  names: readonly string[]
  colours: MapColours
  legend: ColourLegend
  intent: MapIntent
  onChange: (patch: Partial<MapIntent>, key?: string) => void
  words: PointWords
}

const space = { id: 'points' as const, label: 'Points', name: 'the space of points', metric: 'Euclidean' }

/** Points that have numbers, on their map: a lasso fills a table, a pick lists the nearest. */
export function PointExplorer(props: PointExplorerProps) {
  const { title, xy, values, names, colours, legend, intent, onChange, words } = props
  const { camera, selection, focus, neighbours: k } = intent
  const points = useMemo(() => pointsAt(xy), [xy])
  const { x, y, count } = points
  const finding = useMemo(
    () => ({
      named: intent.named,
      columns: [
        { name: words.one, title: words.one, value: (row: number) => row },
        ...names.map((name, k) => ({
          ...{ name, title: name },
          value: (row: number) => values[row * names.length + k],
        })),
      ],
    }),
    [intent.named, words, names, values],
  )
  const answer = useMemo(() => pointSelection(points, selection, finding), [points, selection, finding])
  const selected = answer?.mask ?? null
  const shown = focus !== null && focus < count ? focus : null
  const nearest = useMemo(
    () => (shown === null ? [] : nearestOthers(values, count, names.length, shown, k)),
    [values, count, names, shown, k],
  )
  const place = (point: number) => ({ x: x[point], y: y[point] })
  return (
    <Panel title={title} className="map-host">
      <MapPanel
        {...{ points, colours, legend, camera, selected }}
        onCameraChange={(next) => onChange({ camera: next }, 'camera')}
        onRegion={(region) => onChange({ selection: region })}
        onClearSelection={() => onChange({ selection: null })}
        onPick={(point) => point !== null && onChange({ focus: point })}
        onClear={() => onChange({ selection: null, focus: null })}
        markers={{
          focus: shown === null ? null : { ...place(shown), label: words.nameOf(shown) },
          neighbours: nearest.map(({ row }) => place(row)),
        }}
        total={count}
        toolbar={
          <PointGoTo
            {...{ points, onChange, names: finding, noun: words.one, example: `${names[0]} > 0` }}
            dotOf={(item) => (item < count ? item : -1)}
            nearest={nearest.at(0)?.row ?? null}
          />
        }
        bar={<KeptSelections {...{ intent, onChange, names: finding, fault: answer?.fault }} />}
        describeRow={words.describe}
      />
      {shown !== null && (
        <NeighbourList
          {...{ spaces: [space], space: space.id, noun: words.one, searched: count, current: shown }}
          onSpaceChange={() => undefined}
          neighbours={nearest.map(({ row, distance }) => ({
            ...{ id: row, label: words.nameOf(row), distance, colour: words.colourOf(row) },
          }))}
          onSelect={(point) => onChange({ focus: point })}
        />
      )}
      {selected && (
        <PointTable {...{ caption: `Selected ${words.many}`, selected, names, values }} columns={[]} />
      )}
    </Panel>
  )
}
