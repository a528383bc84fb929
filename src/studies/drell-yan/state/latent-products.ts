import type { Loadable } from '../../../core/loadable.ts'
import { createProduct } from '../../../core/product.ts'
import type { DrellYanStore } from './drell-yan-state.ts'
import type { LatentState } from './latent-state.ts'

/** Where the answers about latent spaces are made: they stay when the view is left. */
export function createLatentProducts(store: DrellYanStore) {
  function productAt<P extends keyof LatentState>(name: P) {
    type Value = NonNullable<LatentState[P]['value']>
    return createProduct<Value>({
      get: () => store.getState().latent[name] as Loadable<Value>,
      set: (value) => store.setState(({ latent }) => ({ latent: { ...latent, [name]: value } })),
    })
  }
  return {
    comparison: productAt('comparison'),
    directions: productAt('directions'),
    attribution: productAt('attribution'),
    a4: productAt('a4'),
    anotherSeed: productAt('anotherSeed'),
  }
}
