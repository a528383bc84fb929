import {
  chooseEventFiles,
  filesWithSigns,
  hasObjects,
} from '../../../../generator/event-files/choose-event-files.ts'
import { topsOf } from '../../../../generator/event-files/final-particles.ts'

/** The first of the files that may hold events. */
export const chooseOwnEvents = async (files: readonly File[]): Promise<File[]> =>
  (await chooseEventFiles(files)).slice(0, 1)

/** Les Houches events of three and more tops; in front, events of all kinds. */
export const ownEvents = async (files: readonly File[], front: boolean): Promise<File[]> =>
  (await filesWithSigns(files, (signs) => topsOf(signs.particles) > 2 || (front && hasObjects(signs)))).slice(
    0,
    1,
  )
