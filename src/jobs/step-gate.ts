/** Where a job waits between steps: open while it runs, closed while paused except for single steps. */
export class StepGate {
  private paused: boolean
  private credits = 0
  private wake: (() => void) | undefined

  constructor(paused: boolean) {
    this.paused = paused
  }

  get closed(): boolean {
    return this.paused && this.credits === 0
  }

  pause(): void {
    this.paused = true
  }

  resume(): void {
    this.paused = false
    this.credits = 0
    this.wake?.()
  }

  /** Lets one step pass and leaves the gate closed, whether or not it was before. */
  step(): void {
    this.paused = true
    this.credits++
    this.wake?.()
  }

  /** Takes note that a step begins. */
  pass(): void {
    if (this.paused) this.credits--
  }

  /** Resolves when the gate lets a step pass. */
  async open(): Promise<void> {
    while (this.closed) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
      this.wake = undefined
    }
  }
}
