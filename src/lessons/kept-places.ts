import * as z from 'zod'
import { lessonPlace, placeOf } from '../core/lesson-place.ts'

const key = 'theoryscape-lessons'
const schema = z.record(z.string(), z.number().int().min(0).max(98))

/** Step that each lesson was left at, on this device alone; none where the browser keeps nothing. */
export function keptPlaces(storage: () => Storage): Readonly<Record<string, number>> {
  try {
    return schema.parse(JSON.parse(storage().getItem(key) ?? '{}'))
  } catch {
    return {}
  }
}

/** Keeps where a lesson is; a browser that keeps nothing begins it from the start next time. */
export function keepPlace(storage: () => Storage, place: string): void {
  const at = lessonPlace(place)
  if (!at) return
  try {
    storage().setItem(key, JSON.stringify({ ...keptPlaces(storage), [at.lesson]: at.step }))
  } catch {
    // A full or closed storage costs the place and nothing else.
  }
}

/** Where a lesson goes on. */
export const placeToGoOn = (lesson: string, kept: Readonly<Record<string, number>>, steps: number): string =>
  placeOf(lesson, Math.min(new Map(Object.entries(kept)).get(lesson) ?? 0, steps - 1))
