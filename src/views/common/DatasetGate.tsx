import type { ComponentType } from 'react'
import type { OpenDataset } from '../../state/app-state.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { Panel } from './Panel.tsx'

interface DatasetGateProps {
  /** Of the panel that stands for the view until its dataset is open. */
  title: string
  View: ComponentType<{ open: OpenDataset }>
}

/** A view of the open dataset; before there is one, a panel that says how far it is, or why it did not come. */
export function DatasetGate({ title, View }: DatasetGateProps) {
  const { actions } = useApp()
  const { value, status, error, label, fraction } = useAppState((state) => state.dataset)
  if (value) return <View open={value} />
  return (
    <Panel
      title={title}
      state={
        status === 'failed' && error
          ? { kind: 'error', error, onRetry: () => actions.retryDataset() }
          : { kind: 'loading', label: label ?? 'Opening the dataset', fraction: fraction ?? undefined }
      }
    />
  )
}
