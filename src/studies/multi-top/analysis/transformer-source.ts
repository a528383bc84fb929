import { fetchWhole, type HttpOptions } from '../../../dataset/http.ts'
import { readTransformerFiles, type TransformerModel } from '../../../ml/transformer/transformer-files.ts'

/** The two files of a transformer of one's own. */
export interface TransformerFiles {
  card: string
  weights: Uint8Array
}

/** Where a transformer is read from: addresses of a shipped one, or the files themselves. */
export type TransformerSource = { cardUrl: string; weightsUrl: string } | TransformerFiles

const largestBytes = 16 * 1024 * 1024

/** The last one that was read: a drag asks many times a second. */
let last: { key: string; model: TransformerModel } | undefined

/** @throws AppError 'model/corrupt' as readTransformerFiles, errors of fetching */
export async function loadTransformer(
  source: TransformerSource,
  http: HttpOptions,
): Promise<TransformerModel> {
  // A card has the digest of its weights.
  const key = 'card' in source ? source.card : source.cardUrl
  if (last?.key !== key) last = { key, model: await readTransformer(source, http) }
  return last.model
}

async function readTransformer(source: TransformerSource, http: HttpOptions): Promise<TransformerModel> {
  if ('card' in source) return readTransformerFiles(source.card, source.weights)
  const [card, weights] = await Promise.all(
    [source.cardUrl, source.weightsUrl].map((url) => fetchWhole(url, largestBytes, http)),
  )
  return readTransformerFiles(new TextDecoder().decode(card), weights)
}
