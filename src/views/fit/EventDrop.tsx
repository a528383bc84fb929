import { DropZone } from '../common/DropZone.tsx'
import { useFit, useFitActions } from './fit-context.tsx'

/** Events of a user's own in place of simulated ones. */
export function EventDrop({ locked }: { locked: boolean }) {
  const fit = useFitActions()
  const dropped = useFit((state) => state.dropped)
  if (dropped)
    return (
      <div className="row fit-dropped">
        <span className="small">
          Observed events from <strong>{dropped.name}</strong>
        </span>
        <button
          type="button"
          className="button button-quiet"
          disabled={locked}
          onClick={() => fit.forgetDropped()}
        >
          Simulate instead
        </button>
      </div>
    )
  return (
    <DropZone
      label="Observed events of your own"
      hint="CSV, Parquet, npy or LHE with the columns above; weights are taken where there are any. Nothing leaves this page."
      multiple={false}
      accept=".csv,.parquet,.npy,.lhe,.gz"
      onFiles={([file]) => {
        if (!locked) void fit.drop(file)
      }}
    />
  )
}
