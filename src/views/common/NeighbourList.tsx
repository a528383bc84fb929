import { formatCount, formatNumber } from './format.ts'
import { Segmented } from './Segmented.tsx'

export const neighbourSpaces = ['latent', 'spectrum', 'wilson'] as const
export type NeighbourSpace = (typeof neighbourSpaces)[number]

export interface Neighbour {
  id: number
  label: string
  distance: number
  colour?: string
}

export interface NeighbourOverlap {
  space: NeighbourSpace
  /** How many of the listed are also among the first n there. */
  shared: number
}

interface NeighbourListProps {
  space: NeighbourSpace
  onSpaceChange: (space: NeighbourSpace) => void
  /** Nearest first. */
  neighbours: readonly Neighbour[]
  /** Number of candidates searched. */
  searched: number
  /** Metric in words, e.g. "Euclidean". The three usual ones are the default. */
  metric?: string
  exact?: boolean
  overlaps?: readonly NeighbourOverlap[]
  current?: number
  onSelect: (id: number) => void
  onHover?: (id: number | undefined) => void
}

export const spaceNames: Record<NeighbourSpace, string> = {
  latent: 'latent space',
  spectrum: 'spectrum space',
  wilson: 'Wilson space',
}

const metrics: Record<NeighbourSpace, string> = {
  latent: 'Euclidean',
  spectrum: 'Euclidean after whitening with the full covariance',
  wilson: 'Euclidean in units of the prior half widths',
}

const choices = [
  { id: 'latent' as const, label: 'Latent' },
  { id: 'spectrum' as const, label: 'Spectrum' },
  { id: 'wilson' as const, label: 'Wilson' },
]

/** Nearest universes; says in which space, by which metric, how many, and how far the other spaces agree. */
export function NeighbourList(props: NeighbourListProps) {
  const { space, onSpaceChange, neighbours, searched, metric = metrics[space], exact = true } = props
  const { overlaps = [], current, onSelect, onHover } = props
  const n = neighbours.length
  return (
    <div className="stack">
      <Segmented label="Neighbours in" choices={choices} value={space} onChange={onSpaceChange} />
      <p className="small soft">
        n = {n} nearest of {formatCount(searched)} in {spaceNames[space]}, {metric},{' '}
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
              are neighbours in {spaceNames[overlap.space]} too.
            </p>
          ))}
      </div>
      {n === 0 && <p className="soft">No other universe to compare with yet.</p>}
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
