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

  /** 'wait', or what to say: '' when nothing differs or the link's dataset is no longer asked for. */
  function answer(state: AppState): string {
    const { intent, dataset: open } = state
    if (intent.dataset !== dataset || intent.model !== model || intent.setup) return ''
    const { value } = open
    const here =
      open.status === 'ready' && value?.header.manifest.id === dataset && value.encoder.id === model
    return here ? otherContent(state, hashes) : 'wait'
  }

  const stop = store.subscribe(answer, (text) => {
    if (text === 'wait') return
    stop() // first: the notice is a change of the state itself
    if (text) actions.notify('warning', text)
  })
  const now = answer(store.getState())
  if (now === 'wait') return
  stop()
  if (now) actions.notify('warning', now)
}
