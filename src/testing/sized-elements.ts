import { vi } from 'vitest'

/**
 * Elements of this size in a DOM without layout, told once to each observer; `vi.restoreAllMocks` and
 * `vi.unstubAllGlobals` undo it.
 *
 * @param width, height  [CSS pixels]
 */
export function sizedElements(width: number, height: number): void {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(width)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(height)
  vi.stubGlobal(
    'ResizeObserver',
    class {
      readonly tell: (entries: { target: Element; contentRect: { width: number; height: number } }[]) => void
      constructor(tell: typeof this.tell) {
        this.tell = tell
      }
      observe(target: Element): void {
        this.tell([{ target, contentRect: { width, height } }])
      }
      unobserve(): void {}
      disconnect(): void {}
    },
  )
}
