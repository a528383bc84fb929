import type { AppActions } from '../core/app-actions.ts'
import { lazily } from '../core/lazily.ts'
import { AppError } from '../errors.ts'
import type { createDropFiles } from './drop-files.ts'

type DropFiles = ReturnType<typeof createDropFiles>

/** Takes dropped files by code that comes with the first of them: the page paints without it. */
export function laterDropFiles(actions: AppActions, load: () => Promise<DropFiles>): DropFiles {
  const dropFiles = lazily(load)
  return async (files, folders) => {
    const drop = await dropFiles().catch((thrown: unknown) =>
      actions.notify(
        'error',
        `What reads files did not load: ${AppError.from(thrown).message} Drop them again.`,
      ),
    )
    await drop?.(files, folders)
  }
}
