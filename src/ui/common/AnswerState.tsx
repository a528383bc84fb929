import type { Loadable } from '../../core/loadable.ts'
import { ErrorState } from './Panel.tsx'
import { Progress } from './Progress.tsx'

interface AnswerProps {
  answer: Loadable<unknown> | null | undefined
  /** Said where the answer's maker says nothing of what it does. */
  label?: string
  onRetry?: () => void
}

/** How far an answer is, or why it failed; stands above the last good one, and is nothing where that is all. */
export function AnswerState({ answer, label: doing = '', onRetry }: AnswerProps) {
  if (!answer) return null
  const { status, error, label = doing, fraction } = answer
  if (status === 'failed' && error) return <ErrorState error={error} onRetry={onRetry} />
  if (status !== 'running') return null
  return <Progress label={label} fraction={fraction ?? undefined} />
}
