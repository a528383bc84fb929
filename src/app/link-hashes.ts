import type { LinkHashes } from '../share/encode-link.ts'
import type { Actions } from '../state/actions.ts'
import type { AppState } from '../state/app-state.ts'
import type { Store } from '../state/create-app-store.ts'

/** What to say when the data or model that opened is not the one a link was made with; '' when it is. */
export function otherContent(state: AppState, { dataHash, modelHash }: LinkHashes): string {
  const open = state.dataset.value
  if (!open) return ''
  const { manifest, manifestHash } = open.header
  const sentences: string[] = []
  if (dataHash && !manifestHash.startsWith(dataHash))
    sentences.push(
      `The link was made with another version of dataset ${manifest.id}: ${dataHash}, this page has ${manifestHash.slice(0, dataHash.length)}. Numbers and dots may differ.`,
    )
  if (modelHash && !open.encoder.hash.startsWith(modelHash))
    sentences.push(
      `The link was made with another version of encoder ${open.encoder.id}: ${modelHash}, this page has ${open.encoder.hash.slice(0, modelHash.length)}. The map differs.`,
    )
  return sentences.join(' ')
}

/** Waits until the link's dataset is open and says so when its content is not that of the link. */
export function tellOtherContent(store: Store, actions: Actions, hashes: LinkHashes): void {
  if (!hashes.dataHash && !hashes.modelHash) return
  const { dataset, model } = store.getState().intent
  const check = (state: AppState): boolean => {
    const { intent, dataset: open } = state
    if (intent.dataset !== dataset || intent.model !== model || intent.setup) return true // another question now
    if (open.status !== 'ready' || open.value?.header.manifest.id !== dataset) return false
    if (open.value.encoder.id !== model) return false
    const text = otherContent(state, hashes)
    if (text) actions.notify('warning', text)
    return true
  }
  if (check(store.getState())) return
  const stop = store.subscribe(
    (state) => state,
    (state) => {
      if (check(state)) stop()
    },
  )
}
