import { useDrellYan } from '../../context.tsx'
import { universeName } from './verdict.ts'

/** Classes that are drawn; the rest is told as a sum. */
const drawn = 8

interface ClassListProps {
  /** The most probable first. */
  classes: readonly { universe: number; bayes: number; scaled?: number }[]
  /** Whether a network has probabilities of its own, beside those of Bayes. */
  learned: boolean
}

/** The most probable classes: bars of what a network says, lines of the Bayes posterior, or bars of that alone. */
export function ClassList({ classes, learned }: ClassListProps) {
  const { actions } = useDrellYan()
  const shown = classes.slice(0, drawn)
  const rest = classes.slice(drawn)
  const sum = (pick: 'scaled' | 'bayes') => rest.reduce((total, chance) => total + (chance[pick] ?? 0), 0)
  return (
    <ul className="class-list small" aria-label="Most probable classes">
      <li className="class-head soft" aria-hidden="true">
        <span />
        <span>{learned && 'learned (bar) and Bayes (line)'}</span>
        <span>{learned && 'learned'}</span>
        <span>Bayes</span>
      </li>
      {shown.map(({ universe, scaled = 0, bayes }) => (
        <li key={universe}>
          <button
            type="button"
            className="button button-quiet"
            onClick={() => actions.change({ focus: { kind: 'universe', id: universe } })}
          >
            {universeName(universe)}
          </button>
          <span className="class-track" aria-hidden="true">
            <span className="class-bar" style={{ width: `${100 * (learned ? scaled : bayes)}%` }} />
            {learned && <span className="class-line" style={{ width: `${100 * bayes}%` }} />}
          </span>
          <span>
            {learned && (
              <>
                <span className="visually-hidden">learned </span>
                {percent(scaled)}
              </>
            )}
          </span>
          <span>
            <span className="visually-hidden">Bayes </span>
            {percent(bayes)}
          </span>
        </li>
      ))}
      {rest.length > 0 && (
        <li>
          <span className="soft">{rest.length} others</span>
          <span />
          <span>{learned && percent(sum('scaled'))}</span>
          <span>{percent(sum('bayes'))}</span>
        </li>
      )}
    </ul>
  )
}

function percent(p: number): string {
  if (p > 0 && p < 5e-4) return '< 0.1 %'
  if (p < 1 && p > 0.9995) return '> 99.9 %'
  return `${(100 * p).toFixed(1)} %`
}
