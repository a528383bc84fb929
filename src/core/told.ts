import { AppError } from '../errors.ts'
import type { StudyContext } from './study.ts'

/** What comes of work that somebody asked for; null where it failed, which is told. */
export async function told<T>(notify: StudyContext['notify'], work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (thrown) {
    notify('error', AppError.from(thrown).message)
    return null
  }
}
