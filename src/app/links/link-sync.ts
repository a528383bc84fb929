import type { AppActions } from '../../core/app-actions.ts'
import type { AppIntent } from '../../core/app-state.ts'
import type { AppStore } from '../../core/app-store.ts'
import type { Links, OpenedLink } from './links.ts'

/** Longest silence before the address follows the state [ms]: a dragged slider writes the address once. */
const quietMs = 250

/**
 * Keeps the address and the intent equal: the state writes the address (a new view or study makes a history entry), a
 * changed address writes the state. An address that cannot be read changes nothing but a message.
 *
 * @param opened  told of each link that was followed
 */
export function startLinkSync(
  store: AppStore,
  actions: AppActions,
  links: Links,
  opened: (link: OpenedLink) => void,
): {
  /** Opens a link, given from "#" on, also where the address says it already but the state has moved on. */
  open: (hash: string) => void
} {
  let written = window.location.hash
  let timer: ReturnType<typeof setTimeout> | undefined
  const placeOf = ({ view, study }: AppIntent): string => `${view} ${study}`
  let lastPlace = placeOf(store.getState().intent)
  /** An address is being read: writing the state now would overwrite it (Back and Forward in quick succession). */
  let reading = false
  /** Addresses asked for; entries of the history may bear the same one. */
  let asked = 0

  async function write(): Promise<void> {
    const { intent } = store.getState()
    const link = await links.write(intent)
    if (reading || link === written) return
    written = link
    if (placeOf(intent) === lastPlace) window.history.replaceState(null, '', link)
    else window.history.pushState(null, '', link)
    lastPlace = placeOf(intent)
  }

  async function read(): Promise<void> {
    const address = window.location.hash
    if (address === written) return
    written = address
    clearTimeout(timer)
    reading = true
    const turn = ++asked
    const before = placeOf(store.getState().intent)
    const link = await links.read(address)
    if (turn !== asked) return // a later address is being read
    reading = false
    // Who went to another view meanwhile did so last: that is where the page stays.
    if (placeOf(store.getState().intent) !== before) return write()
    if (link.readable) {
      lastPlace = placeOf(link.intent)
      actions.replace(link.intent)
      opened(link)
    }
    for (const message of link.messages) actions.notify('warning', message)
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
