/** What a browser did to the storage of this page since the last visit, and a database that a later version wrote. */
export interface StorageNews {
  /** A database was made anew, because there was none. */
  created(): void
  /** A database is of a later version of the page, and is left alone. */
  newer(): void
  /** Something was put into a database. */
  kept(): void
}

/** Left beside the databases: where it is there and they are not, the browser has deleted them. */
const mark = 'theoryscape-keeps'

/** @param tell  what is lost or not saved; said once each */
export function createStorageNews(
  marks: Pick<Storage, 'getItem' | 'setItem'>,
  tell: (kind: 'deleted' | 'newer', text: string) => void,
): StorageNews {
  const hadKept = marks.getItem(mark) !== null
  let marked = hadKept
  const told = new Set<string>()
  function once(kind: 'deleted' | 'newer', text: string): void {
    if (told.has(kind)) return
    told.add(kind)
    tell(kind, text)
  }
  return {
    created() {
      if (hadKept)
        once(
          'deleted',
          'This browser has deleted what this page had kept in it (trainings, own encoders, fits): Safari does so after seven days without a visit, others where the disk is full. Import what you exported, or open its link and run it again: the same set-up gives the same numbers.',
        )
    },
    newer() {
      once(
        'newer',
        'A later version of this page has kept trainings or fits in this browser. This copy leaves them as they are and keeps nothing of its own: export what must last, or reload the page to get the later version.',
      )
    },
    kept() {
      if (!marked) marks.setItem(mark, 'yes')
      marked = true
    },
  }
}
