import { AppError } from '../../errors.ts'
import type { MapIntent } from '../../share/map-schema.ts'
import { GoTo } from './GoTo.tsx'
import { NamedSelections } from './NamedSelections.tsx'
import { pointSelection, type PointNames } from './point-selection.ts'
import { formatNumber } from '../common/format.ts'
import { rangesOf } from '../../numerics/tables/rules.ts'
import type { MapPoints } from './types.ts'

interface PointGoToProps {
  points: MapPoints
  names: PointNames
  noun: string
  example: string
  /** Dot of an item; -1 where it is not on the map. */
  dotOf: (item: number) => number
  /** Item nearest to the one in focus; null without one. */
  nearest: number | null
  onChange: (patch: Partial<MapIntent>) => void
}

/** Search and go-to of a map of numbered dots. */
export function PointGoTo(props: PointGoToProps) {
  const { points, names, noun, example, dotOf, nearest, onChange } = props
  const onItem = (item: number): string | null => {
    const dot = dotOf(item)
    const [x, y] = [points.x[dot], points.y[dot]]
    if (dot < 0 || !Number.isFinite(x)) return `There is no ${noun} ${item} on this map.`
    onChange({ focus: item, camera: { x, y, halfSpan: nearSpan(points) } })
    return null
  }
  return (
    <GoTo
      {...{ noun, example, onItem }}
      onNearest={() =>
        nearest === null ? `Pick a dot first: the nearest is the nearest to it.` : onItem(nearest)
      }
      onRule={(text) => {
        const selection = { kind: 'rule' as const, text }
        const answer = pointSelection(points, selection, names)
        if (answer?.fault) throw new AppError('input/invalid', answer.fault)
        const found = answer?.mask.reduce((sum, inside) => sum + inside, 0) ?? 0
        if (found === 0) return rangesOf(text, { count: points.count, columns: names.columns }, formatNumber)
        onChange({ selection })
        return found
      }}
    />
  )
}

interface KeptSelectionsProps {
  intent: Pick<MapIntent, 'selection' | 'named'>
  names: PointNames
  fault: string | null | undefined
  onChange: (patch: Partial<MapIntent>) => void
}

/** Kept selections of such a map, and why a rule holds for no dot. */
export function KeptSelections({ intent, names, fault, onChange }: KeptSelectionsProps) {
  return (
    <>
      <NamedSelections
        {...{ selection: intent.selection, named: intent.named, columns: names.columns, onChange }}
        asSelection={(rule) => rule}
      />
      {fault && (
        <p className="small map-fault" role="status">
          {fault}
        </p>
      )}
    </>
  )
}

/** An eighth of the map: near enough to tell a dot from its neighbours. */
export function nearSpan({ x, y, count }: Pick<MapPoints, 'x' | 'y' | 'count'>): number {
  let far = 0
  for (let dot = 0; dot < count; dot++)
    if (Number.isFinite(x[dot])) far = Math.max(far, Math.abs(x[dot]), Math.abs(y[dot]))
  return far / 8 || 1
}
