import { fileURLToPath } from 'node:url'
import { universeClasses } from '../../analysis/drell-yan/families.ts'
import { firstPicture, type FirstPicture } from '../../analysis/drell-yan/first-picture.ts'
import type { Command } from '../command.ts'
import { writeFiles } from '../files.ts'
import { openDatasetFolder, openModelFolder } from '../open-files.ts'
import { defaultDatasetId } from '../shipped-data.ts'

const defaultModelId = 'dy-supcon-2d'
const folder = fileURLToPath(new URL('../../views/explore', import.meta.url))
export const firstPictureName = 'first-picture.json'

/** The map that the page opens with, from what is shipped. */
export async function makeFirstPicture(): Promise<FirstPicture> {
  const header = await openDatasetFolder(defaultDatasetId)
  const encoder = await openModelFolder(defaultModelId, header)
  return firstPicture(header, encoder, universeClasses.length)
}

export const makeFirstPictureCommand: Command = {
  summary: 'draws the picture that the page shows until its data are there (after train-models)',
  options: {},
  run: async () => {
    const picture = await makeFirstPicture()
    writeFiles(folder, [{ name: firstPictureName, bytes: `${JSON.stringify(picture)}\n` }])
    return { points: picture.classes.reduce((sum, { length }) => sum + length / 2, 0) }
  },
}
