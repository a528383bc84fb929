import type { WorkMeter } from '../core/work-meter.ts'

/** Less computing than this is not worth a question [ms]. */
const worthAsking = 30_000

/** Leaving the page asks first, but only where more than half a minute of computing would be lost. */
export function guardUnsaved(page: EventTarget, meters: readonly WorkMeter[]): void {
  page.addEventListener('beforeunload', (event) => {
    if (meters.some(({ unsavedMs }) => unsavedMs > worthAsking)) event.preventDefault()
  })
}
