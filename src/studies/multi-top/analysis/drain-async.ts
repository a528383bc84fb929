/** Runs a job to its end; what it tells on the way is not heard. */
export async function drainAsync<R>(loop: AsyncGenerator<unknown, R, void>): Promise<R> {
  for (;;) {
    const next = await loop.next()
    if (next.done) return next.value
  }
}
