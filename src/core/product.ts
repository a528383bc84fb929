import { AppError } from '../errors.ts'
import { failed, idle, ready, running, type Loadable } from './loadable.ts'
import type { StudyStore } from './study-store.ts'

/** Where a product is read and written in a study's state. */
export interface Slot<T> {
  get(): Loadable<T>
  set(value: Loadable<T>): void
}

type ProductOf<L> = L extends Loadable<infer T> ? T : never

/** The slot that is a field of a study's state. */
export function slotOf<S extends object, K extends keyof S & string>(
  store: StudyStore<object, S>,
  name: K,
): Slot<ProductOf<S[K]>> {
  type Field = Loadable<ProductOf<S[K]>>
  return {
    // A field that is no product gives a slot of nothing.
    get: () => (store.getState() as S)[name] as Field,
    set: (value) => store.setState({ [name]: value } as Partial<S>),
  }
}

/** Where a product is kept across visits. */
export interface Place<T> {
  /** Null where it is not there, or cannot be read: then it is made. */
  find(): Promise<T | null>
  keep(value: T): void
}

/** What a job is given that makes a product. Nothing of it is heard any more once another job took its place. */
export interface Making<T> {
  /** Aborts when the product is cancelled, is made anew, or has failed. */
  readonly signal: AbortSignal
  onProgress(fraction: number): void
  /** Anything else that is shown while it is made: another label, what is there of it so far. */
  tell(next: (now: Loadable<T>) => Partial<Loadable<T>>): void
}

/** Null where nothing new comes of it: what was there comes back. */
export type Make<T> = (making: Making<T>) => Promise<T | null>

export interface MakeOptions<T> {
  /** Names all that decides the product. */
  key?: string
  /** Of a larger undertaking: ends with it. */
  signal?: AbortSignal
  /** Done at the start; null where the amount of work is not known. */
  fraction?: number | null
  /** Shown while it is made in place of the last good value. */
  shown?: { value: T | undefined }
  /** Where it is looked for before, and kept after. */
  kept?: Partial<Place<T>>
}

/** 'ended': cancelled, come to nothing, or another job took its place. */
export type MakeOutcome = 'ready' | 'failed' | 'ended'

/** One product in its slot, with at most one job at a time. */
export interface Product<T> {
  /**
   * Running, then ready or failed, with the last good value beside it. The latest call wins. Nothing is thrown:
   * failures are in the slot.
   */
  make(label: string, make: Make<T>, options?: MakeOptions<T>): Promise<MakeOutcome>
  /** Makes the product of a key, unless it is there or under way. */
  ensure(key: string, label: string, make: Make<T>, options?: MakeOptions<T>): Promise<void>
  /** A value that was had otherwise: a job under way ends, a failure is forgotten. */
  put(value: T, key?: string): void
  /** Ends the job under way; what was there before comes back. */
  cancel(): void
  /** Ends the job under way and empties the slot. */
  clear(): void
  readonly busy: boolean
  /** What is in the slot. */
  get(): Loadable<T>
}

interface Run<T> {
  abort: AbortController
  /** What a cancel brings back. */
  before: Loadable<T>
}

/** What stands when nothing is under way and nothing failed. */
function settled<T>({ status, value, key }: Loadable<T>): Loadable<T> {
  if (value === undefined) return idle
  return status === 'ready' && key !== undefined ? { ...ready(value), key } : ready(value)
}

export function createProduct<T>({ get, set }: Slot<T>): Product<T> {
  let current: Run<T> | null = null

  /** Ends the job under way without a word. */
  function stop(): Run<T> | null {
    const ended = current
    current = null
    ended?.abort.abort()
    return ended
  }

  function cancel(): void {
    const ended = stop()
    if (ended) set(ended.before)
  }

  async function make(
    label: string,
    produce: Make<T>,
    { key, signal, fraction = 0, shown, kept = {} }: MakeOptions<T> = {},
  ): Promise<MakeOutcome> {
    if (signal?.aborted) return 'ended'
    const replaced = stop()
    const now = get()
    const before = replaced && now.status === 'running' ? replaced.before : settled(now)
    const run: Run<T> = { abort: new AbortController(), before }
    current = run
    const named = key === undefined ? {} : { key }
    const tell: Making<T>['tell'] = (next) => {
      if (current === run) set({ ...get(), ...next(get()) })
    }
    const making: Making<T> = {
      signal: run.abort.signal,
      tell,
      onProgress: (done) => tell(() => ({ fraction: done })),
    }
    const follow = () => {
      if (current === run) cancel()
    }
    signal?.addEventListener('abort', follow, { once: true })
    set({ ...running(shown ? { status: 'idle', ...shown } : now, label, fraction), ...named })
    try {
      const found = kept.find ? await kept.find() : null
      if (current !== run) return 'ended'
      const value = found ?? (await produce(making))
      if (current !== run) return 'ended'
      if (value === null) {
        cancel()
        return 'ended'
      }
      current = null
      set({ ...ready(value), ...named })
      if (found === null) kept.keep?.(value)
      return 'ready'
    } catch (thrown) {
      if (current !== run) return 'ended'
      const error = AppError.from(thrown)
      if (error.code === 'job/cancelled') {
        cancel()
        return 'ended'
      }
      stop() // what else it had begun works for nothing
      set({ ...failed(get(), error.toPlain()), ...named })
      return 'failed'
    } finally {
      signal?.removeEventListener('abort', follow)
    }
  }

  return {
    get,
    make,
    async ensure(key, label, produce, options): Promise<void> {
      const now = get()
      if (now.key === key && (now.status === 'running' || now.status === 'ready')) return
      if (current?.before.key === key && current.before.value !== undefined) cancel()
      else await make(label, produce, { ...options, key })
    },
    put(value, key): void {
      stop()
      set(key === undefined ? ready(value) : { ...ready(value), key })
    },
    cancel,
    clear(): void {
      stop()
      if (get().status !== 'idle') set(idle)
    },
    get busy() {
      return current !== null
    },
  }
}

/** Products of one kind, each with a name. */
export function createProducts<T>(slotOf: (name: string) => Slot<T>): (name: string) => Product<T> {
  const known = new Map<string, Product<T>>()
  return (name) => {
    const product = known.get(name) ?? createProduct(slotOf(name))
    known.set(name, product)
    return product
  }
}
