import { defaultIntent } from '../share/default-intent.ts'
import type { LinkHashes } from '../share/encode-link.ts'
import type { Intent } from '../share/schema.ts'
import type { Actions } from '../state/actions.ts'
import type { Catalogue } from '../state/app-state.ts'
import type { Store } from '../state/create-app-store.ts'
import { withKnownIds } from '../state/known-ids.ts'
import type { OwnEncoders } from '../state/own-encoders.ts'
import { tellOtherContent } from './link-hashes.ts'

/** Longest silence before the address follows the state [ms]: a dragged slider writes the address once. */
const quietMs = 250
/** Notes of one link that are spelled out. */
const spelledNotes = 4

export interface OpenedLink {
  intent: Intent
  /** False where the address could not be read: `intent` is then what its plain part says, or the default. */
  readable: boolean
  messages: string[]
  hashes: LinkHashes
}

/**
 * The intent of the address, or the default with a reason where the address cannot be read.
 *
 * @param encoders  those of one's own, which a link may name
 */
export async function intentFromAddress(
  hash: string,
  catalogue: Catalogue,
  encoders: Pick<OwnEncoders, 'known'>,
): Promise<OpenedLink> {
  const known = async (
    intent: Intent,
    notes: readonly string[],
    readable: boolean,
    hashes: LinkHashes = {},
  ): Promise<OpenedLink> => {
    const shipped = catalogue.models.some(({ id }) => id === intent.model)
    // Storage is asked only for what is not shipped: a first visit paints without it.
    const own = shipped ? [] : (await encoders.known()).map(({ id }) => id)
    const checked = withKnownIds(intent, catalogue, own)
    return { intent: checked.intent, readable, hashes, messages: gathered([...notes, ...checked.notes]) }
  }
  if (hash.length <= 1) return known(defaultIntent, [], true)
  // The codec and its schema are loaded when a link is read or written: a first visit paints without them.
  const { decodeLink } = await import('../share/decode-link.ts')
  const decoded = await decodeLink(hash)
  if (!decoded.ok) return known(decoded.partial ?? defaultIntent, [decoded.error.message], false)
  return known(
    decoded.intent,
    decoded.notes.map((note) => note.message),
    true,
    decoded.hashes,
  )
}

/** One message for all notes: a hostile link must not paper the page over. */
function gathered(notes: readonly string[]): string[] {
  if (notes.length < 2) return [...notes]
  const more = notes.length - spelledNotes
  return [[...notes.slice(0, spelledNotes), ...(more > 0 ? [`And ${more} more.`] : [])].join(' ')]
}

/**
 * Keeps the address and the intent equal: the state writes the address (a new view makes a history entry), a
 * changed address writes the state. An address that cannot be read changes nothing but a message.
 */
export function startLinkSync(
  store: Store,
  actions: Actions,
  encoders: Pick<OwnEncoders, 'known'>,
): {
  /** Opens a link, given from "#" on, also where the address says it already but the state has moved on. */
  open: (hash: string) => void
} {
  let written = window.location.hash
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastView = store.getState().intent.view
  /** An address is being read: writing the state now would overwrite it (Back and Forward in quick succession). */
  let reading = false

  async function write(): Promise<void> {
    const { encodeLink } = await import('../share/encode-link.ts')
    const { intent } = store.getState()
    const link = await encodeLink(intent)
    if (reading || link === written) return
    written = link
    if (intent.view === lastView) window.history.replaceState(null, '', link)
    else window.history.pushState(null, '', link)
    lastView = intent.view
  }

  async function read(): Promise<void> {
    const address = window.location.hash
    if (address === written) return
    written = address
    clearTimeout(timer)
    reading = true
    const opened = await intentFromAddress(address, store.getState().catalogue, encoders)
    if (written !== address) return // a later address is being read
    reading = false
    if (opened.readable) {
      lastView = opened.intent.view
      actions.replace(opened.intent)
      tellOtherContent(store, actions, opened.hashes)
    }
    for (const message of opened.messages) actions.notify('warning', message)
  }

  store.subscribe(
    (state) => state.intent,
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void write(), quietMs)
    },
  )
  const onChange = () => void read()
  window.addEventListener('hashchange', onChange)
  window.addEventListener('popstate', onChange)
  return {
    open: (hash) => {
      written = ''
      window.history.pushState(null, '', hash)
      void read()
    },
  }
}
