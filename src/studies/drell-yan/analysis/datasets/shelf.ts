import { fetchWhole, type HttpOptions } from '../../../../dataset/http.ts'
import { loadManifest } from '../../../../dataset/manifest-loader.ts'
import type { DatasetManifest } from '../../../../dataset/manifest.ts'
import { AppError, checkedBy, type PlainError } from '../../../../errors.ts'
import { modelCardSchema, type ModelCard } from '../../../../ml/model-card.ts'
import { manifestDigest } from './open-dataset.ts'
import type { ModelLocation } from '../dataset-types.ts'

const largestCardBytes = 1024 * 1024

/** What one entry of the catalogue says about itself, or why that could not be read. */
export type ShelfDataset =
  { id: string; manifest: DatasetManifest; hash: string } | { id: string; error: PlainError }
export type ShelfModel = { id: string; card: ModelCard } | { id: string; error: PlainError }

export interface Shelf {
  datasets: ShelfDataset[]
  models: ShelfModel[]
}

/** Manifests and cards of everything shipped. One that fails is told beside the others, which stay usable. */
export async function readShelf(
  request: { datasets: { id: string; manifestUrl: string }[]; models: ModelLocation[] },
  http: HttpOptions,
): Promise<Shelf> {
  const datasets = request.datasets.map(async ({ id, manifestUrl }): Promise<ShelfDataset> => {
    try {
      const manifest = await loadManifest(manifestUrl, http)
      return { id, manifest, hash: await manifestDigest(manifest) }
    } catch (thrown) {
      return { id, error: AppError.from(thrown).toPlain() }
    }
  })
  const models = request.models.map(async ({ id, cardUrl }): Promise<ShelfModel> => {
    try {
      return { id, card: parseCard(id, await fetchWhole(cardUrl, largestCardBytes, http)) }
    } catch (thrown) {
      return { id, error: AppError.from(thrown).toPlain() }
    }
  })
  return { datasets: await Promise.all(datasets), models: await Promise.all(models) }
}

function parseCard(id: string, bytes: Uint8Array): ModelCard {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    value = undefined // the schema then says what is missing
  }
  const parsed = checkedBy(modelCardSchema, value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError(
    'model/corrupt',
    `The card of model ${id} cannot be read (${issue.path.join('.') || 'not JSON'}: ${issue.message}). Reload the page, or train the model again.`,
  )
}
