import {
  chooseEventFiles,
  filesWithSigns,
  hasObjects,
} from '../../../../generator/event-files/choose-event-files.ts'
import { eventFeatureNames, scalingWords } from '../features/event-features.ts'
import { sniffFormat } from '../../../../dataset/sniff.ts'

/** A file is judged by its beginning. */
const sniffedBytes = 4096

/** The files that may hold events, all of them. */
export const chooseEvents = (files: readonly File[]): Promise<File[]> => chooseEventFiles(files)

/** Events with objects or partons, and tables of the features of events. */
export const ownEvents = (files: readonly File[]): Promise<File[]> =>
  filesWithSigns(
    files,
    (signs) => hasObjects(signs) || eventFeatureNames.every(({ id }) => signs.words.has(id)),
  )

/** The three files of an exported model, where a card is among them. */
export const chooseModelFiles = (files: readonly File[]): Promise<File[]> =>
  modelFilesWith(files, ['"weightsSha256"'])

/** The same of an encoder of events, which its card says. */
export const ownModelFiles = (files: readonly File[]): Promise<File[]> =>
  modelFilesWith(files, ['"weightsSha256"', scalingWords])

async function modelFilesWith(files: readonly File[], sign: readonly string[]): Promise<File[]> {
  const heads = await Promise.all(
    files.map(async (file) => new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer())),
  )
  const are = files.filter((_, i) => ['json', 'binary'].includes(sniffFormat(heads[i])))
  const texts = await Promise.all(
    files.map((file, i) => (sniffFormat(heads[i]) === 'json' && file.size < 2 ** 20 ? file.text() : '')),
  )
  return texts.some((text) => sign.every((word) => text.includes(word))) ? are : []
}
