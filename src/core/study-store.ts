import type { AppState } from './app-state.ts'
import type { AppStore } from './app-store.ts'
import type { Verb } from './verbs.ts'

/** A study's intent as the study sees it: its own part, and which view is open. */
export type SeenIntent<I extends object> = Readonly<I> & { readonly view: Verb }

/** A study's state as the study sees it. */
export type SeenState<I extends object, S extends object> = Readonly<S> & { readonly intent: SeenIntent<I> }

/** The store as one study sees it: its own intent and state, nothing of the others. */
export interface StudyStore<I extends object, S extends object> {
  getState(): SeenState<I, S>
  /** For useStore of zustand; the page is never drawn on a server. */
  getInitialState(): SeenState<I, S>
  /** Writes results. The intent is changed by actions alone. */
  setState(patch: Partial<S> | ((state: SeenState<I, S>) => Partial<S>)): void
  subscribe(listener: (state: SeenState<I, S>, before: SeenState<I, S>) => void): () => void
  /** Calls back when what is selected changes identity. */
  subscribe<T>(
    selector: (state: SeenState<I, S>) => T,
    listener: (now: T, before: T) => void,
    options?: { equalityFn: (a: T, b: T) => boolean },
  ): () => void
}

/** @param id  of a study whose intent and state are in the store */
export function createStudyStore<I extends object, S extends object>(
  app: AppStore,
  id: string,
): StudyStore<I, S> {
  type Seen = SeenState<I, S>
  let intent: { own: object; view: Verb; seen: SeenIntent<I> } | undefined
  let state: { intent: SeenIntent<I>; own: object; seen: Seen } | undefined

  /** The same object while nothing of the study has changed: views memoise on identity. */
  function see(all: AppState): Seen {
    const own = all.intent.studies[id]
    const { view } = all.intent
    // What lies in the store under a study's id was put there by its own schema, defaults or actions.
    if (intent?.own !== own || intent.view !== view) intent = { own, view, seen: { ...(own as I), view } }
    const part = all.parts[id]
    if (state?.own !== part || state.intent !== intent.seen)
      state = { intent: intent.seen, own: part, seen: { ...(part as S), intent: intent.seen } }
    return state.seen
  }

  const getState = (): Seen => see(app.getState())

  function subscribe<T>(
    first: ((state: Seen) => T) | ((state: Seen, before: Seen) => void),
    listener?: (now: T, before: T) => void,
    { equalityFn = Object.is }: { equalityFn?: (a: T, b: T) => boolean } = {},
  ): () => void {
    const select = (listener ? first : (seen: Seen) => seen) as (state: Seen) => T
    const tell = (listener ?? first) as (now: T, before: T) => void
    let last = select(getState())
    return app.subscribe(() => {
      const now = select(getState())
      if (equalityFn(now, last)) return
      const before = last
      last = now
      tell(now, before)
    })
  }

  return {
    getState,
    getInitialState: getState,
    setState(patch) {
      app.setState((all) => {
        const own = typeof patch === 'function' ? patch(see(all)) : patch
        return { parts: { ...all.parts, [id]: { ...all.parts[id], ...own } } }
      })
    },
    subscribe,
  }
}
