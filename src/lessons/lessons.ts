import type { Lesson } from './lesson.ts'

/** A lesson before it is opened. */
export interface LessonEntry {
  readonly id: string
  /** Reading and doing, as tried. */
  readonly minutes: number
  readonly steps: number
  load(): Promise<Lesson>
}

/** In the order in which they build on each other. */
export const lessons: readonly LessonEntry[] = [
  {
    id: 'universe',
    minutes: 10,
    steps: 6,
    load: async () => (await import('./lessons/universe.ts')).universe,
  },
  { id: 'near', minutes: 10, steps: 5, load: async () => (await import('./lessons/near.ts')).near },
]
