import { defaultIntent } from '../share/default-intent.ts'
import type { Intent } from '../share/schema.ts'
import type { Actions } from '../state/actions.ts'
import type { Store } from '../state/create-app-store.ts'

/** Longest silence before the address follows the state [ms]: a dragged slider writes the address once. */
const quietMs = 250

/** The intent of the address, or the default with a reason where the address cannot be read. */
export async function intentFromAddress(
  hash: string,
): Promise<{ intent: Intent; messages: string[]; hashes?: { dataHash?: string; modelHash?: string } }> {
  if (hash.length <= 1) return { intent: defaultIntent, messages: [] }
  // The codec and its schema are loaded when a link is read or written: a first visit paints without them.
  const { decodeLink } = await import('../share/decode-link.ts')
  const decoded = await decodeLink(hash)
  if (decoded.ok)
    return {
      intent: decoded.intent,
      messages: decoded.notes.map((note) => note.message),
      hashes: decoded.hashes,
    }
  return { intent: decoded.partial ?? defaultIntent, messages: [decoded.error.message] }
}

/**
 * Keeps the address and the intent equal: the state writes the address (a new view makes a history entry), a
 * changed address writes the state.
 */
export function startLinkSync(store: Store, actions: Actions): () => void {
  let written = window.location.hash
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastView = store.getState().intent.view

  async function write(): Promise<void> {
    const { encodeLink } = await import('../share/encode-link.ts')
    const { intent } = store.getState()
    const link = await encodeLink(intent)
    if (link === written) return
    written = link
    if (intent.view === lastView) window.history.replaceState(null, '', link)
    else window.history.pushState(null, '', link)
    lastView = intent.view
  }

  async function read(): Promise<void> {
    if (window.location.hash === written) return
    written = window.location.hash
    const { intent, messages } = await intentFromAddress(written)
    lastView = intent.view
    actions.replace(intent)
    for (const message of messages) actions.notify('warning', message)
  }

  const stop = store.subscribe(
    (state) => state.intent,
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void write(), quietMs)
    },
  )
  const onChange = () => void read()
  window.addEventListener('hashchange', onChange)
  window.addEventListener('popstate', onChange)
  return () => {
    clearTimeout(timer)
    stop()
    window.removeEventListener('hashchange', onChange)
    window.removeEventListener('popstate', onChange)
  }
}
