import { told } from '../../../../core/told.ts'
import { DropZone } from '../../../../ui/common/DropZone.tsx'
import { NumberField } from '../../../../ui/common/NumberField.tsx'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { panelState } from '../../../../ui/common/panel-state.ts'
import { axisNames, dimensions } from '../analysis/draw-blobs.ts'
import { useBlobs, useBlobsState } from './context.tsx'

/** What is drawn, and points of one's own. */
export function DataView() {
  const { context, drop } = useBlobs()
  const { seed, perClass } = useBlobsState((state) => state.intent)
  const points = useBlobsState((state) => state.points)
  const dropped = useBlobsState((state) => state.dropped.length / dimensions)
  return (
    <Panel title="Blobs" state={panelState(points)}>
      <NumberField
        {...{ label: 'seed', value: seed, min: 0, max: 1e9, integer: true }}
        onCommit={(value) => context.change({ seed: value })}
      />
      <NumberField
        {...{ label: 'points per class', value: perClass, min: 10, max: 5000, integer: true }}
        onCommit={(value) => context.change({ perClass: value })}
      />
      <p>
        {points.value?.count} points, {dropped} of them from a file.
      </p>
      <DropZone
        {...{ label: 'Points of your own', hint: `CSV with the columns ${axisNames}`, multiple: false }}
        onFiles={([file]) => void told(context.notify, drop(file))}
      />
    </Panel>
  )
}
