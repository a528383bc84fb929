import type { Page } from '@playwright/test'

/** Keys of what the page has stored in a table. What is shown is stored a moment later: a reload waits for that. */
export function keptKeys(page: Page, database: string, table: string): Promise<string[]> {
  return page.evaluate(
    async ([name, of]) => {
      const opening = indexedDB.open(name)
      await new Promise((resolve) => (opening.onsuccess = resolve))
      const all = opening.result.transaction(of).objectStore(of).getAllKeys()
      await new Promise((resolve) => (all.onsuccess = resolve))
      opening.result.close()
      return all.result.map(String)
    },
    [database, table],
  )
}
