/** A browser of its own profile that a test drives by nothing but what it speaks itself. */
export interface DrivenBrowser {
  open(url: string): Promise<void>
  /** Runs the body of a function in the page; what it returns is plain data. */
  evaluate<T>(body: string, ...args: unknown[]): Promise<T>
  /** Presses the main button at a place of the viewport, moves and releases it. */
  drag(from: Place, to: Place): Promise<void>
  close(): Promise<void>
}

/** CSS pixels from the upper left corner of the viewport. */
export interface Place {
  x: number
  y: number
}

/** A drag as WebDriver's actions spell it (w3.org/TR/webdriver2, 15.4). */
export function dragActions(from: Place, to: Place): object {
  const move = (place: Place, duration: number) => ({
    ...{ type: 'pointerMove', duration, origin: 'viewport' },
    ...{ x: Math.round(place.x), y: Math.round(place.y) },
  })
  const actions = [
    move(from, 0),
    { type: 'pointerDown', button: 0 },
    move(to, 300),
    { type: 'pointerUp', button: 0 },
  ]
  return { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] }
}
