import type { ComponentType } from 'react'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { running } from '../../../../core/loadable.ts'
import { UntilReady } from '../../../../ui/common/UntilReady.tsx'

interface DatasetGateProps {
  /** Of the panel that stands for the view until its dataset is open. */
  title: string
  View: ComponentType<{ open: OpenDataset }>
}

/** A view of the open dataset; before there is one, a panel that says how far it is, or why it did not come. */
export function DatasetGate({ title, View }: DatasetGateProps) {
  const { actions } = useDrellYan()
  const dataset = useDrellYanState((state) => state.dataset)
  // What was not asked for yet is asked for in a moment: the view stands before its data.
  const asked = dataset.status === 'idle' ? running(dataset, 'Opening the dataset') : dataset
  return (
    <UntilReady title={title} answer={asked} onRetry={() => actions.retryDataset()}>
      {(open) => <View open={open} />}
    </UntilReady>
  )
}
