import { formatCount, formatNumber } from '../common/format.ts'
import { Segmented } from '../common/Segmented.tsx'
import './neighbours.css'

/** A space in which neighbours are looked for. */
export interface NeighbourSpace<S extends string> {
  id: S
  label: string
  /** In a sentence: "latent space". */
  name: string
  /** Metric in words: "Euclidean". */
  metric: string
}

export interface Neighbour {
  id: number
  label: string
  distance: number
  colour?: string
}

export interface NeighbourOverlap<S extends string> {
  space: S
  /** How many of the listed are also among the first n there. */
  shared: number
}

interface NeighbourListProps<S extends string> {
  spaces: readonly NeighbourSpace<S>[]
  space: S
  onSpaceChange: (space: S) => void
  /** Nearest first. */
  neighbours: readonly Neighbour[]
  /** Number of candidates searched. */
  searched: number
  exact?: boolean
  overlaps?: readonly NeighbourOverlap<S>[]
  current?: number
  onSelect: (id: number) => void
  onHover?: (id: number | undefined) => void
  /** What a point is called. */
  noun: string
}

/** Nearest points; says in which space, by which metric, how many, and how far the other spaces agree. */
export function NeighbourList<S extends string>(props: NeighbourListProps<S>) {
  const { spaces, space, onSpaceChange, neighbours, searched, exact = true, noun } = props
  const { overlaps = [], current, onSelect, onHover } = props
  const told = (id: S) => spaces.find((each) => each.id === id)
  const n = neighbours.length
  return (
    <div className="stack">
      {spaces.length > 1 && (
        <Segmented label="Neighbours in" choices={spaces} value={space} onChange={onSpaceChange} />
      )}
      <p className="small soft">
        n = {n} nearest of {formatCount(searched)} in {told(space)?.name}, {told(space)?.metric},{' '}
        {exact ? 'exact' : 'approximate'}.
      </p>
      <div role="status" className="small">
        {overlaps
          .filter((overlap) => overlap.space !== space)
          .map((overlap) => (
            <p key={overlap.space}>
              <strong>
                {overlap.shared} of {n}
              </strong>{' '}
              are neighbours in {told(overlap.space)?.name} too.
            </p>
          ))}
      </div>
      {n === 0 && <p className="soft">No other {noun} to compare with yet.</p>}
      <ol className="neighbour-list" onPointerLeave={() => onHover?.(undefined)}>
        {neighbours.map((neighbour, rank) => (
          <li key={neighbour.id}>
            <button
              type="button"
              className="neighbour"
              aria-current={neighbour.id === current || undefined}
              onClick={() => onSelect(neighbour.id)}
              onPointerEnter={() => onHover?.(neighbour.id)}
              onFocus={() => onHover?.(neighbour.id)}
              onBlur={() => onHover?.(undefined)}
            >
              <span className="soft">{rank + 1}</span>
              <span className="row">
                {neighbour.colour && (
                  <span className="swatch" style={{ background: neighbour.colour }} aria-hidden="true" />
                )}
                {neighbour.label}
              </span>
              <span title={String(neighbour.distance)}>
                <span className="visually-hidden">distance </span>
                {formatNumber(neighbour.distance)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  )
}
