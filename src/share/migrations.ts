import { AppError } from '../errors.ts'
import { linkVersion } from './link-version.ts'

/** A link taken apart: its readable pairs without `v` and `k`, and the unpacked rest. Both are unchecked. */
export interface LinkDocument {
  pairs: [key: string, value: string][]
  state: Record<string, unknown>
}

/** One step of the format. Defaults are no part of it: a link is read with those of its generation. */
export interface Migration {
  /** Reads documents of this version and returns documents of the next. */
  from: number
  /** In the reader's words, shown beside a link that needed it; null where it means what it meant. */
  what: string | null
  apply(document: LinkDocument): LinkDocument
}

/** @throws AppError 'share/invalid' unless the steps lead from version 1 to `current` one by one */
export function checkMigrations(steps: readonly Migration[], current: number): void {
  const found = steps.map((step) => step.from)
  const needed = Array.from({ length: current - 1 }, (_, i) => i + 1)
  if (found.join() !== needed.join())
    throw new AppError(
      'share/invalid',
      `Link migrations start from versions [${found.join(', ')}] but must start from [${needed.join(', ')}] to reach version ${current}. Add the missing step to src/app/links/migrations.ts.`,
      { found, needed },
    )
}

export function migrate(
  document: LinkDocument,
  version: number,
  steps: readonly Migration[],
  current: number = linkVersion,
): { document: LinkDocument; applied: Migration[] } {
  checkMigrations(steps, current)
  const applied = steps.slice(version - 1)
  return { document: applied.reduce((older, step) => step.apply(older), document), applied }
}
