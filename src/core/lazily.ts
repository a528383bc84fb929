/** The same promise at every call, made by the first; after a failure the next call tries again. */
export function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () =>
    (made ??= load().catch((thrown: unknown) => {
      made = undefined
      throw thrown
    }))
}
