import type { AppActions } from '../core/app-actions.ts'
import { heldSentence, type NotCarried } from '../core/not-carried.ts'

/** Copies the link of what the page shows, puts it into the address, and says what no link carries. */
export async function tellLink(
  link: string,
  lacks: readonly NotCarried[],
  actions: AppActions,
  saveBundle: () => Promise<void>,
): Promise<void> {
  window.history.replaceState(null, '', link)
  const copied = await navigator.clipboard.writeText(link).then(
    () => true,
    () => false,
  )
  const where = copied ? 'Link copied.' : 'The link is in the address bar: copy it from there.'
  const text = `${where} ${heldSentence(lacks)}`
  if (lacks.length === 0) return actions.notify('info', text)
  actions.notify('warning', text, [{ label: 'Save bundle', run: () => void saveBundle() }])
}
