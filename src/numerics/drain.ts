/** What a loop returns, each of its reports told. */
export function drain<R, T>(loop: Generator<R, T>, tell: (report: R) => void = () => undefined): T {
  for (;;) {
    const next = loop.next()
    if (next.done) return next.value
    tell(next.value)
  }
}

/** The same of a loop that waits. */
export async function drainAsync<R, T>(
  loop: AsyncGenerator<R, T>,
  tell: (report: R) => void = () => undefined,
): Promise<T> {
  for (;;) {
    const next = await loop.next()
    if (next.done) return next.value
    tell(next.value)
  }
}
