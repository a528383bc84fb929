import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { classifierFolder, fileFetch } from '../../../cli/files.ts'
import type { Classifier } from '../analysis/classification/classifier.ts'
import type { DatasetHeader } from '../analysis/dataset-types.ts'
import { loadClassifier } from '../analysis/datasets/load-classifier.ts'

/** The classifier that is shipped for a dataset; null where there is none. */
export async function openShippedClassifier(
  method: string,
  header: DatasetHeader,
): Promise<Classifier | null> {
  const id = `${header.manifest.id}-${method}`
  const folder = join(classifierFolder, id)
  if (!existsSync(join(folder, 'card.json'))) return null
  const url = (name: string) => pathToFileURL(join(folder, name)).href
  const location = { id, cardUrl: url('card.json'), weightsUrl: url('weights.bin') }
  return (await loadClassifier(location, header, { fetch: fileFetch })).classifier
}
