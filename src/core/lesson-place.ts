/** Lesson and step, from 0, of a place; null where it names no step. */
export function lessonPlace(place: string | null): { lesson: string; step: number } | null {
  const found = /^([a-z][a-z-]{0,31})\.([1-9]\d?)$/.exec(place ?? '')
  return found ? { lesson: found[1], step: Number(found[2]) - 1 } : null
}

export const placeOf = (lesson: string, step: number): string => `${lesson}.${step + 1}`
