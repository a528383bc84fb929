import type { ReactNode } from 'react'
import { Panel } from '../common/Panel.tsx'

interface TrainingSettingsProps {
  /** A training is under way. */
  locked: boolean
  onDefaults: () => void
  /** The fields. */
  children: ReactNode
  /** Said below them. */
  below?: ReactNode
}

/** Settings of a training, fixed while it runs. */
export function TrainingSettings({ locked, onDefaults, children, below }: TrainingSettingsProps) {
  return (
    <Panel
      title="Settings"
      actions={
        <button type="button" className="button button-quiet" disabled={locked} onClick={onDefaults}>
          Defaults
        </button>
      }
    >
      {locked && (
        <p className="small train-note" role="status">
          Fixed while a training runs: its settings name it and its checkpoints. Stop it to change them.
        </p>
      )}
      <fieldset className="train-fields" disabled={locked}>
        <legend className="visually-hidden">Training settings</legend>
        {children}
      </fieldset>
      {below}
    </Panel>
  )
}
