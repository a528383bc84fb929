import { DropZone } from '../../../ui/common/DropZone.tsx'
import { useFit, useFitActions } from './fit-context.tsx'

/** Ratio networks of a user's own in place of those that are shipped or trained. */
export function NetworkDrop() {
  const fit = useFitActions()
  const own = useFit((state) => state.own)
  const locked = useFit((state) => state.status) !== 'idle'
  if (own)
    return (
      <div className="row fit-dropped">
        <span className="small">
          {own.files.length} network{own.files.length > 1 ? 's' : ''} of your files, for this visit
        </span>
        <button
          type="button"
          className="button button-quiet"
          disabled={locked}
          onClick={() => fit.forgetNetworks()}
        >
          Leave them out
        </button>
      </div>
    )
  return (
    <details className="small fit-details">
      <summary>Networks of your own</summary>
      <DropZone
        label="card.json and weights.bin of each network"
        hint="As train-ratio writes them. Networks that were trained for other events than those of the set-up are refused, with what differs."
        accept=".json,.bin"
        onFiles={(files) => {
          if (!locked) void fit.dropNetworks(files)
        }}
      />
    </details>
  )
}
