import { lazily } from '../../../core/lazily.ts'
import type { Recorded } from '../../../core/recorded.ts'
import { readAsset } from '../../../numerics/read-asset.ts'
import type { ComparedMaps } from '../../../numerics/compared-maps.ts'
import type { RecordedAnswers } from '../recorded-answers.ts'
import { isFor, type MadeFor } from './anomaly-state.ts'
import type { KeyedReport } from './classification-state.ts'
import type { OpenDataset } from './drell-yan-state.ts'
import { drellYanProductVersion } from './products.ts'

const [answersUrl] = Object.values(
  import.meta.glob<string>('../../../../models/recorded/drell-yan-answers.json', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
)

type Measured = 'evaluation' | 'retrieval' | 'limits' | 'known'
type Opened = Pick<OpenDataset, 'header' | 'encoder'>

const isOf = (made: MadeFor, { header, encoder }: Opened): boolean =>
  isFor(made, { encoder, header: { manifestHash: header.manifestHash } })

/** What the page ships of answers that take seconds: each for the dataset and encoder that it was made of, or null. */
export function createRecordedSource(page: string) {
  const read = lazily(async (): Promise<RecordedAnswers | null> => {
    if (!answersUrl) return null
    const [{ readRecordedAnswers }, bytes] = await Promise.all([
      import('../recorded-answers.ts'),
      readAsset(new URL(answersUrl, page)),
    ])
    const answers = readRecordedAnswers(new TextDecoder().decode(bytes))
    // Numbers of another version are not those that the buttons would find.
    return answers.version === drellYanProductVersion ? answers : null
  })
  // An answer that cannot be had is made, as before there were any.
  const answers = (): Promise<RecordedAnswers | null> => read().catch(() => null)
  const stamp = ({ date, made }: Recorded): { recorded: Recorded } => ({ recorded: { date, made } })

  return {
    async find<K extends Measured>(name: K, open: Opened): Promise<RecordedAnswers[K] | null> {
      const found = await answers()
      return found && isOf(found[name], open) ? { ...found[name], ...stamp(found) } : null
    },
    /** Scores of a classifier, by its key. */
    async classes(key: string): Promise<KeyedReport | null> {
      const found = await answers()
      return found?.classes.key === key ? { ...found.classes, ...stamp(found) } : null
    },
    /** Maps side by side, without the neighbours of each universe. */
    async comparison(
      ids: readonly string[],
      neighbours: number,
      open: Opened,
    ): Promise<{ compared: ComparedMaps; recorded: Recorded } | null> {
      const found = await answers()
      if (!found) return null
      const { comparison } = found
      const same =
        isOf(comparison, open) &&
        comparison.compared.neighbours === neighbours &&
        ids.length === comparison.ids.length &&
        ids.every((id, i) => id === comparison.ids[i])
      return same ? { compared: comparison.compared, ...stamp(found) } : null
    },
  }
}

export type RecordedSource = ReturnType<typeof createRecordedSource>
