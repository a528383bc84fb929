/** What a loop returns, each of its reports told. */
export function drain<R, T>(loop: Generator<R, T>, tell: (report: R) => void = () => undefined): T {
  for (;;) {
    const next = loop.next()
    if (next.done) return next.value
    tell(next.value)
  }
}
