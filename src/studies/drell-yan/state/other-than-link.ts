import type { NoticeChoice } from '../../../core/app-state.ts'
import type { LinkHashes } from '../../../share/link-format.ts'
import type { DrellYanIntent } from '../intent.ts'
import type { DrellYanContext } from '../model.ts'
import type { DrellYanResults, DrellYanState } from './drell-yan-state.ts'

/** What to say when the data or model that opened is not the one a link was made with; '' when it is. */
export function otherContent(
  state: Pick<DrellYanResults, 'dataset'>,
  { dataHash, modelHash }: LinkHashes,
): string {
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

/**
 * Waits until the link's dataset is open and says so when its content is not that of the link. The reader keeps it, and the
 * map bears a badge, or leaves the link.
 *
 * @param asked  what the link opens
 */
export function tellOtherContent(
  { store, notify }: Pick<DrellYanContext, 'store' | 'notify'>,
  hashes: LinkHashes,
  leave: NoticeChoice,
  asked: Pick<DrellYanIntent, 'dataset' | 'model'>,
): void {
  const { dataset, model } = asked

  /** 'wait', or what to say: '' when nothing differs or the link's dataset is no longer asked for. */
  function answer(state: DrellYanState): string {
    const { intent, dataset: open } = state
    if (intent.dataset !== dataset || intent.model !== model || intent.setup) return ''
    const { value } = open
    const here =
      open.status === 'ready' && value?.header.manifest.id === dataset && value.encoder.id === model
    return here ? otherContent(state, hashes) : 'wait'
  }

  function say(text: string): void {
    const open = store.getState().dataset.value
    if (!text || !open) return
    const { header, encoder } = open
    store.setState({
      otherThanLink: { manifestHash: header.manifestHash, encoderHash: encoder.hash, text },
    })
    notify('warning', text, [
      { label: 'Keep what is here, marked', run: () => undefined },
      {
        label: leave.label,
        run() {
          // What was open before may be the same data, which nobody then takes for those of a link.
          store.setState({ otherThanLink: null })
          leave.run()
        },
      },
    ])
  }

  const stop = store.subscribe(answer, (text) => {
    if (text === 'wait') return
    stop() // first: the notice is a change of the state itself
    say(text)
  })
  const now = answer(store.getState())
  if (now === 'wait') return
  stop()
  say(now)
}

/** What differs from the link in what is open now; '' where nothing does. */
export function shownOtherThanLink({ dataset, otherThanLink }: DrellYanResults): string {
  const open = dataset.value
  if (!open || !otherThanLink) return ''
  const { manifestHash, encoderHash, text } = otherThanLink
  return open.header.manifestHash === manifestHash && open.encoder.hash === encoderHash ? text : ''
}
