import { DropZone } from '../../../ui/common/DropZone.tsx'
import type { DroppedChain } from '../state/fit-state.ts'
import { useFitActions } from './fit-context.tsx'
import { kindStyles } from './kinds.ts'

/** A posterior of someone else beside the fits: what was read of it, or where it is dropped. */
export function ChainRow({ chain }: { chain: DroppedChain | null }) {
  const fit = useFitActions()
  if (chain)
    return (
      <div className="fit-dropped fit-chain" role="group" aria-label="Chain of your own">
        <div className="row">
          <span className="fit-swatch" style={{ background: kindStyles.foreign.colour }} aria-hidden="true" />
          <strong className="small">{chain.posterior.label}</strong>
          <button type="button" className="button button-quiet" onClick={() => fit.forgetChain()}>
            Leave it out
          </button>
        </div>
        {chain.posterior.told.map((sentence) => (
          <p key={sentence} className="small soft">
            {sentence}
          </p>
        ))}
      </div>
    )
  return (
    <details className="small fit-details">
      <summary>A chain of your own beside these</summary>
      <DropZone
        label="Draws of a posterior"
        hint="GetDist (.txt with .paramnames, .ranges if there are limits), weighted_post.txt of UltraNest, posterior.json of SMEFiT, or a table with a column per coefficient [TeV⁻²], with weights or without: CSV, Parquet. Names are ours (td8), dim6top's, SMEFTsim's or SMEFiT's. Nothing leaves this page."
        accept=".txt,.paramnames,.ranges,.ini,.csv,.json,.parquet,.gz"
        onFiles={(files) => void fit.dropChain(files)}
      />
    </details>
  )
}
