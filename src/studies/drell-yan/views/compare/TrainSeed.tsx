import { useEffect } from 'react'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { Progress } from '../../../../ui/common/Progress.tsx'
import { mostMaps } from '../../../../ui/compare/compare-settings.ts'

/** The set-up of the Train view from the next seed, put beside the other maps. Leaving the view cancels it. */
export function TrainSeed() {
  const { actions, latent, openLatent, store } = useDrellYan()
  const { status, fraction } = useDrellYanState((state) => state.latent.anotherSeed)
  const training = useDrellYanState((state) => state.training.status === 'running')
  const product = latent.anotherSeed
  useEffect(() => () => product.cancel(), [product])
  const start = async () => {
    const used = store.getState().ownEncoders.flatMap(({ id }) => /^trained-seed(\d+)-/.exec(id)?.[1] ?? [])
    const seed = Math.max(store.getState().intent.training.seed, ...used.map(Number)) + 1
    const outcome = await product.make('Training another seed', async (making) =>
      (await openLatent()).trainSeed(seed, making),
    )
    const { value: id, error } = product.get()
    if (outcome === 'failed' && error) return actions.notify('error', error.message)
    if (outcome !== 'ready' || id === undefined) return
    const { compare } = store.getState().intent
    // Read only now: maps may have come and gone since the start.
    actions.change({ compare: { ...compare, maps: [...compare.maps.slice(0, mostMaps - 1), id] } })
  }
  if (status !== 'running')
    return (
      <button
        type="button"
        className="button"
        disabled={training}
        title="Trains the set-up of the Train view from the next seed"
        onClick={() => void start()}
      >
        Train another seed
      </button>
    )
  return (
    <span className="compare-training">
      <Progress label="Training another seed" fraction={fraction ?? undefined} />
      <button type="button" className="button button-quiet" onClick={() => product.cancel()}>
        Cancel
      </button>
    </span>
  )
}
