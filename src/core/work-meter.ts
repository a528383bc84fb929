/** How much computing would be lost if the page were closed now. */
export interface WorkMeter {
  /** A job begins; what was unsaved before is given up. */
  start(): void
  pause(): void
  resume(): void
  /** The job has ended; what it made is still only in memory. */
  end(): void
  /** Everything so far survives the page, or is wanted no more. */
  saved(): void
  /** Computing since the last save, pauses left out [ms]. */
  readonly unsavedMs: number
}

/** @param now  clock [ms]; one that is set back counts as standing still */
export function createWorkMeter(now: () => number): WorkMeter {
  let before = 0
  let since: number | null = null

  const running = (): number => (since === null ? 0 : Math.max(0, now() - since))
  function halt(): void {
    before += running()
    since = null
  }

  return {
    start() {
      before = 0
      since = now()
    },
    pause: halt,
    resume() {
      halt()
      since = now()
    },
    end: halt,
    saved() {
      before = 0
      if (since !== null) since = now()
    },
    get unsavedMs() {
      return before + running()
    },
  }
}
