import { AppError } from '../errors.ts'
import type { AppActions } from '../core/app-actions.ts'
import type { AppStore } from '../core/app-store.ts'
import { frontOf } from '../core/front.ts'
import type { OpenStudies } from '../core/open-studies.ts'
import { withShortName } from '../core/short-named-file.ts'
import type { FileTaker, Study } from '../core/study.ts'
import { isBundle } from './bundle/is-bundle.ts'
import { offerFiles } from './offer-files.ts'
import { bringToFront } from './show-dataset.ts'

const largestFileBytes = 64 * 1024 * 1024
const mostFiles = 40
/** A picture is told by its beginning, which may hold a long link. */
const sniffedBytes = 64 * 1024

/**
 * Gives dropped files to who takes them: bundles and exported pictures open their analysis; what is a study's own by its
 * content goes there; the rest is offered to the study on the screen, then to the others.
 *
 * @param openLink    opens the analysis of a link, given from "#" on
 * @param openBundle  opens that of a bundle
 */
export function createDropFiles(
  studies: readonly Study[],
  store: AppStore,
  actions: AppActions,
  open: OpenStudies,
  openLink: (hash: string) => void,
  openBundle: (file: File) => Promise<{ finished: Promise<void> }>,
) {
  async function openPicture(file: File): Promise<void> {
    const { linkInPicture } = await import('../share/picture-link.ts')
    const link = linkInPicture(new Uint8Array(await file.arrayBuffer()))
    if (link === null)
      throw new AppError(
        'input/invalid',
        `${file.name} carries no analysis. Drop a picture that was exported here and not edited since.`,
      )
    openLink(link)
    actions.notify('info', `${file.name}: this is the analysis it was exported from.`)
  }

  /** By content: names are what a browser or a mail made of them. */
  async function picturesOf(files: readonly File[]): Promise<File[]> {
    const { isPicture } = await import('../share/picture-link.ts')
    const are = await Promise.all(
      files.map(async (file) => isPicture(new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer()))),
    )
    return files.filter((_, i) => are[i])
  }

  /** Files dropped one after another are given in that order, however long it takes to tell what they are. */
  let before: Promise<void> = Promise.resolve()

  /** Gives files to a study, brought to the front. */
  async function hand(study: Study, taker: FileTaker, files: readonly File[], given: () => void) {
    const { handle } = await open.open(study.id)
    if (study !== frontOf(store.getState().intent, studies).study) bringToFront(store, actions, study)
    const taken = taker.take(files, handle)
    given()
    await taken
  }

  /**
   * A folder that one study knows by the paths in it is that study's as a whole.
   *
   * @returns what is to be dealt with as if it had been dropped by itself: the bundle that it is, or all of its files
   */
  async function giveFolder(folder: FileSystemDirectoryEntry, given: () => void): Promise<readonly File[]> {
    const files = await (await import('../core/folder-files.ts')).filesOfFolder(folder)
    const bundle = await (await import('./bundle/bundle-in-folder.ts')).bundleInFolder(files)
    if (bundle) return [bundle]
    for (const study of studies)
      for (const taker of study.takes ?? []) {
        if (!taker.folders || !taker.owns) continue
        const own = await taker.owns(files, false)
        if (own.length === 0) continue
        await hand(study, taker, own, given)
        return []
      }
    return files.map(withShortName)
  }

  /** @param given  told once the first files are with who takes them */
  async function give(
    loose: readonly File[],
    folders: readonly FileSystemDirectoryEntry[],
    given: () => void,
  ): Promise<void> {
    const files = [...loose]
    for (const folder of folders) files.push(...(await giveFolder(folder, given)))
    if (files.length > mostFiles)
      throw new AppError(
        'input/invalid',
        `${files.length} files were dropped, at most ${mostFiles} are read at once.`,
      )
    const are = await Promise.all(files.map(isBundle))
    const bundles = files.filter((_, i) => are[i])
    const tooLarge = files.find((file, i) => !are[i] && file.size > largestFileBytes)
    if (tooLarge)
      throw new AppError(
        'input/invalid',
        `${tooLarge.name} has ${tooLarge.size} bytes, at most ${largestFileBytes} (64 MiB) are read. Split it.`,
      )
    const bundle = bundles.at(-1)
    if (bundle) {
      const { finished } = await openBundle(bundle).catch((thrown: unknown) => {
        throw AppError.from(thrown).about(bundle.name)
      })
      if (files.length === bundles.length) given()
      await finished
    }
    const pictures = await picturesOf(files.filter((file) => !bundles.includes(file)))
    const picture = pictures.at(-1)
    if (picture) await openPicture(picture)
    const others = files.filter((file) => !pictures.includes(file) && !bundles.includes(file))
    const { study: shown } = frontOf(store.getState().intent, studies)
    const offers = offerFiles(others, studies, shown)
    let offer = await offers.next()
    for (; !offer.done; offer = await offers.next()) {
      const { study, taker, files: chosen } = offer.value
      await hand(study, taker, chosen, given)
    }
    const rest = offer.value
    if (rest.length > 0)
      actions.notify('error', `Nothing here reads ${rest.map(({ name }) => name).join(', ')}.`)
  }

  return async (
    dropped: readonly File[],
    folders: readonly FileSystemDirectoryEntry[] = [],
  ): Promise<void> => {
    const files = dropped.map(withShortName)
    const turn = before
    let given = () => {}
    before = new Promise((resolve) => (given = resolve))
    try {
      await turn
      await give(files, folders, given)
    } catch (thrown) {
      actions.notify('error', AppError.from(thrown).message)
    } finally {
      given()
    }
  }
}
