import { join } from 'node:path'
import { universeClasses } from '../analysis/families.ts'
import { firstPicture, type FirstPicture } from '../analysis/first-picture.ts'
import { defineCommand } from '../../../cli/command.ts'
import { repositoryRoot, writeFiles } from '../../../cli/files.ts'
import { openDatasetFolder, openModelFolder } from './open-files.ts'
import { defaultDatasetId } from './shipped-data.ts'

const defaultModelId = 'dy-supcon-2d'
const folder = join(repositoryRoot, 'src/studies/drell-yan/views/explore')
export const firstPictureName = 'first-picture.json'

/** The map that the page opens with, from what is shipped. */
export async function makeFirstPicture(log: (line: string) => void): Promise<FirstPicture> {
  const header = await openDatasetFolder(defaultDatasetId)
  const encoder = await openModelFolder(defaultModelId, header, log)
  return firstPicture(header, encoder, universeClasses.length)
}

export const makeFirstPictureCommand = defineCommand({
  summary: 'draws the picture that the page shows until its data are there (after train-models)',
  options: {},
  run: async (_, log) => {
    const picture = await makeFirstPicture(log)
    writeFiles(folder, [{ name: firstPictureName, bytes: `${JSON.stringify(picture)}\n` }])
    return { points: picture.classes.reduce((sum, { length }) => sum + length / 2, 0) }
  },
})
