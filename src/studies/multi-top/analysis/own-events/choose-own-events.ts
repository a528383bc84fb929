import { chooseEventFiles } from '../../../../generator/event-files/choose-event-files.ts'

/** The first of the files that may hold events. */
export const chooseOwnEvents = async (files: readonly File[]): Promise<File[]> =>
  (await chooseEventFiles(files)).slice(0, 1)
