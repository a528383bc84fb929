import { AppError } from '../errors.ts'
import type { AppActions } from '../core/app-actions.ts'
import type { AppStore } from '../core/app-store.ts'
import { frontOf } from '../core/front.ts'
import type { Platform } from '../core/platform.ts'
import type { OpenStudies } from '../core/open-studies.ts'
import { withShortName } from '../core/short-named-file.ts'
import type { FileTaker, Study } from '../core/study.ts'
import { isBundle } from './bundle/is-bundle.ts'
import { offerFiles } from './offer-files.ts'
import { bringToFront } from './show-dataset.ts'

const largestFileBytes = 64 * 1024 * 1024
const mostFiles = 40
/** A set of parton densities has hundreds of members, all of one kind. */
const isMember = ({ name }: File): boolean => /_\d{4}\.dat(\.gz)?$/i.test(name)
const mostMembers = 1200
/** A picture is told by its beginning, which may hold a long link. */
const sniffedBytes = 64 * 1024

function checkNumber(files: readonly File[]): void {
  const members = files.filter(isMember).length
  const [count, most] = members > mostFiles ? [members, mostMembers] : [files.length - members, mostFiles]
  if (count > most)
    throw new AppError('input/invalid', `${count} files were dropped, at most ${most} are read at once.`)
}

/**
 * Gives dropped files to who takes them: bundles and exported pictures open their analysis; what is a study's own by its
 * content goes there, packed folders of its own too; the rest is offered to the study on the screen, then to the others.
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
  platform: Pick<Platform, 'spawn'>,
) {
  const takers = studies.flatMap((study) => (study.takes ?? []).map((taker) => ({ study, taker })))
  const packed = takers.flatMap(({ taker }) => taker.packed ?? [])

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
    const isFront = () => study === frontOf(store.getState().intent, studies).study
    if (!isFront()) {
      // Opening it may take longer than reading the files.
      const names = files.slice(0, 3).map(({ name }) => name)
      const more = files.length > 3 ? ` and ${files.length - 3} more` : ''
      actions.notify('info', `${names.join(', ')}${more}: read by ${study.title}, which opens.`)
    }
    const { handle } = await open.open(study.id)
    if (!isFront()) bringToFront(store, actions, study)
    const taken = taker.take(files, handle)
    given()
    await taken
  }

  /**
   * A folder that one study knows by the paths in it is that study's as a whole.
   *
   * @param files   of the folder, with their paths
   * @param others  what is dealt with where no study knows it
   * @returns       what is to be dealt with as if it had been dropped by itself: the bundle that the folder is, or the others
   */
  async function giveFolder(
    files: readonly File[],
    others: readonly File[],
    given: () => void,
  ): Promise<readonly File[]> {
    const bundle = await (await import('./bundle/bundle-in-folder.ts')).bundleInFolder(files)
    if (bundle) return [bundle]
    for (const { study, taker } of takers) {
      if (!taker.folders || !taker.owns) continue
      const own = await taker.owns(files, false)
      if (own.length === 0) continue
      await hand(study, taker, own, given)
      return []
    }
    return others.map(withShortName)
  }

  /** The file itself, or what giveFolder leaves where it is a packed folder. */
  async function giveLoose(file: File, given: () => void): Promise<readonly File[]> {
    const { packedFolder } = await import('./bundle/packed-folder.ts')
    const files = await packedFolder(file, packed, platform)
    return files ? giveFolder(files, [file], given) : [file]
  }

  /** @param given  told once the first files are with who takes them */
  async function give(
    loose: readonly File[],
    folders: readonly FileSystemDirectoryEntry[],
    given: () => void,
  ): Promise<void> {
    checkNumber(loose)
    const files: File[] = []
    for (const file of loose) files.push(...(await giveLoose(file, given)))
    for (const folder of folders) {
      const within = await (await import('../core/folder-files.ts')).filesOfFolder(folder)
      files.push(...(await giveFolder(within, within, given)))
    }
    checkNumber(files)
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
