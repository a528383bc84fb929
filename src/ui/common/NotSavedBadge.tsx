import { useShell } from '../shell-context.tsx'
import { Badge } from './Badge.tsx'

/** Says so where the browser keeps nothing, or did not keep this. */
export function NotSavedBadge({ durable }: { durable: boolean }) {
  const notSaved = useShell((state) => state.notSaved)
  if (durable && !notSaved) return null
  return (
    <Badge
      tone="warn"
      title="This browser does not keep what is computed: private window, blocked or full storage. Export what must last."
    >
      not saved
    </Badge>
  )
}
