import type { FileTaker, Study } from '../core/study.ts'

/** Files and who takes them. */
export interface Offer {
  study: Study
  taker: FileTaker
  files: readonly File[]
}

/**
 * Who takes which of some files: first every study what is its own by its content, though another one is in front that would
 * try to read it; then what each chooses, the front one first.
 *
 * @returns the files that nobody takes
 */
export async function* offerFiles(
  files: readonly File[],
  studies: readonly Study[],
  shown: Study,
): AsyncGenerator<Offer, readonly File[]> {
  let rest = files
  for (const ask of ['owns', 'choose'] as const)
    for (const study of [shown, ...studies.filter((each) => each !== shown)])
      for (const taker of study.takes ?? []) {
        if (rest.length === 0) return rest
        const chosen = (await taker[ask]?.(rest, study === shown)) ?? []
        if (chosen.length === 0) continue
        rest = rest.filter((file) => !chosen.includes(file))
        yield { study, taker, files: chosen }
      }
  return rest
}
