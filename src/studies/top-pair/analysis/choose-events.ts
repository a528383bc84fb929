import { sniffFormat } from '../../../dataset/sniff.ts'
import { filesWithSigns } from '../../../generator/event-files/choose-event-files.ts'
import { isNewPhysics, topsOf } from '../../../generator/event-files/final-particles.ts'
import { observableNames } from '../../../generator/observables.ts'

/** A file is judged by its beginning. */
const sniffedBytes = 4096

/** Formats of event tables, and of Les Houches files (whose first line looks like HTML), packed or not. */
const formats: readonly string[] = ['npy', 'parquet', 'root', 'gzip', 'text', 'html', 'lhe']

/** The files that may hold events: one at a time is read, so that the first is taken. */
export async function chooseEvents(files: readonly File[]): Promise<File[]> {
  for (const file of files) {
    const head = new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer())
    if (formats.includes(sniffFormat(head)) && !/^\s*(SetDesc|eft)\b/m.test(new TextDecoder().decode(head)))
      return [file]
  }
  return []
}

/** MET and the like are columns of other studies, too. */
const ofTopPairs = observableNames.filter((name) => /_(l|b|tt)/.test(name))

/** A table that names an observable of leptons, b quarks or tops; of Les Houches events, pairs of tops, and in front all of the Standard Model. */
export async function ownEvents(files: readonly File[], front: boolean): Promise<File[]> {
  const own = await filesWithSigns(files, ({ kind, particles, words }) => {
    if (kind === 'table') return ofTopPairs.some((name) => words.has(name))
    if (kind !== 'lhe' || particles.some(isNewPhysics)) return false
    return front || topsOf(particles) === 2
  })
  return own.slice(0, 1)
}
