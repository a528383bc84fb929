import { fitColumns } from '../analysis/fit/fit-columns.ts'
import { useTopPairState } from './context.tsx'
import { DropZone } from '../../../ui/common/DropZone.tsx'
import { useFit, useFitActions } from './fit-context.tsx'

/** Events of a user's own in place of simulated ones. */
export function EventDrop({ locked }: { locked: boolean }) {
  const fit = useFitActions()
  const dropped = useFit((state) => state.dropped)
  const setup = useTopPairState((state) => state.intent.fit)
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
      hint={`CSV, Parquet, npz, HDF5 or a ROOT tree with the columns ${fitColumns(setup).join(', ')}, or others, which you then assign; npy with these alone, in this order; or a Les Houches file. Weights are taken where there are any. Nothing leaves this page.`}
      multiple={false}
      accept=".csv,.parquet,.root,.npy,.npz,.h5,.hdf5,.lhe,.gz"
      onFiles={([file]) => {
        if (!locked) void fit.drop(file)
      }}
    />
  )
}
