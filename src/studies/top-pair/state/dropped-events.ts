import type { DroppedEvents } from '../analysis/fit/fit-jobs.ts'
import { sha256Hex } from '../../../numerics/sha256.ts'
import type { TopPairContext } from '../model.ts'
import type { FitRunner } from './fit-runner.ts'
import type { DroppedFit } from './fit-state.ts'

/** Under it a tab remembers the hash of its file of events: another tab, or a link, has none. */
const rememberedAs = 'theoryscape-dropped-events'

/** The file of events that a tab remembers; its bytes lie among the products, under the hash. */
export function rememberedEvents(
  tab: TopPairContext['platform']['tab'],
): { hash: string; name: string } | null {
  const [hash, name] = tab.getItem(rememberedAs)?.split(' ', 2) ?? []
  return hash && name ? { hash, name: decodeURIComponent(name) } : null
}

/** What names events among the products: the file, and which of its columns are which. */
export async function hashOfEvents({ bytes, pick }: DroppedEvents): Promise<string> {
  const file = await sha256Hex(bytes)
  return pick ? sha256Hex(new TextEncoder().encode(JSON.stringify([file, pick]))) : file
}

/** Events of a user's own: of one tab, over its reloads. */
export function createDroppedEvents(
  { fit, update, products }: FitRunner,
  { platform, notify }: Pick<TopPairContext, 'platform' | 'notify'>,
) {
  const { tab } = platform
  let recalled: Promise<void> | undefined

  async function recall(): Promise<void> {
    const remembered = rememberedEvents(tab)
    if (!remembered || fit().dropped) return
    const kept = await products.at('dropped', remembered.hash).find()
    if (fit().dropped || rememberedEvents(tab)?.hash !== remembered.hash) return // another one meanwhile
    if (kept) return update({ dropped: kept })
    tab.removeItem(rememberedAs)
    notify(
      'warning',
      `The events of ${remembered.name} are no longer stored in this browser: drop the file again.`,
    )
  }

  return {
    /** That of before a reload; looked for once. */
    recall: () => (recalled ??= recall()),
    set(dropped: DroppedFit | null): void {
      update({ dropped })
      if (!dropped) return tab.removeItem(rememberedAs)
      tab.setItem(rememberedAs, `${dropped.hash} ${encodeURIComponent(dropped.name)}`)
      products.at('dropped', dropped.hash).keep(dropped)
    },
  }
}
