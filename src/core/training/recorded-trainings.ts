import { lazily } from '../lazily.ts'
import { readAsset } from '../../numerics/read-asset.ts'
import type { RecordedTraining } from './training-run.ts'

/**
 * Gives the training that a study ships to the set-up that it is of.
 *
 * @param url  of its file, relative to the page; undefined where a build has none
 */
export function recordedTrainings(
  url: string | undefined,
  page: string,
): (key: string) => Promise<RecordedTraining | null> {
  const read = lazily(async () => {
    const [{ readRecordedTraining }, bytes] = await Promise.all([
      import('./recorded-training-file.ts'),
      readAsset(new URL(url ?? '', page)),
    ])
    return readRecordedTraining(new TextDecoder().decode(bytes))
  })
  return async (key) => {
    if (!url) return null
    const recorded = await read().catch(() => null)
    return recorded?.key === key ? recorded : null
  }
}
