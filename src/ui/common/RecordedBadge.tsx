import type { Recorded } from '../../core/recorded.ts'
import { Badge } from './Badge.tsx'

/** Says that a result was made before and is shipped; nothing of one that was made here. */
export function RecordedBadge({ recorded }: { recorded: Recorded | null | undefined }) {
  if (!recorded) return null
  return (
    <Badge title={`Made on ${recorded.date} with ${recorded.made} and shipped with the page`}>
      recorded {recorded.date}
    </Badge>
  )
}

interface NoteProps {
  recorded: Recorded | undefined
  label: string
  onRun: () => void
}

/** The same, and the way to a result of one's own. */
export function RecordedNote({ recorded, label, onRun }: NoteProps) {
  if (!recorded) return null
  return (
    <div className="row">
      <RecordedBadge recorded={recorded} />
      <button type="button" className="button" onClick={onRun}>
        {label}
      </button>
    </div>
  )
}
