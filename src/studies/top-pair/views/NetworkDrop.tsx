import { DropZone } from '../../../ui/common/DropZone.tsx'
import type { FitActions } from '../state/fit-actions.ts'
import { useFit, useFitActions } from './fit-context.tsx'

async function takeNetworks(fit: FitActions, files: readonly File[]): Promise<void> {
  const { choosePlanned } = await import('../state/planned-files.ts')
  const planned = await choosePlanned(files)
  await (planned.length > 0 ? fit.takePlan(planned) : fit.dropNetworks(files))
}

/** Ratio networks of a user's own in place of those that are shipped or trained. */
export function NetworkDrop() {
  const fit = useFitActions()
  const own = useFit((state) => state.own)
  const refused = useFit((state) => state.refused)
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
    <details className="small fit-details" open={refused ? true : undefined}>
      <summary>Networks of your own</summary>
      <DropZone
        label="card.json and weights.bin of each network, or the folder of a plan, packed or not"
        hint="As train-ratio and run-task write them. A plan opens its set-up; without one, networks that were trained for other events than those of the set-up are refused, with what differs."
        accept=".json,.bin,.zip,.tgz,.tar,.gz"
        folders
        onFiles={(files) => {
          if (!locked) void takeNetworks(fit, files)
        }}
      />
      {refused && (
        <div role="status" aria-label="Networks that were not taken">
          {(['missing', 'doubled', 'foreign'] as const).map(
            (why) =>
              refused[why].length > 0 && (
                <p key={why}>
                  {refused[why].length} {why}: {refused[why].join(', ')}
                </p>
              ),
          )}
        </div>
      )}
    </details>
  )
}
