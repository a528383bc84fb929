import { fetchWhole, type HttpOptions } from '../../../../dataset/http.ts'
import { eventsEncoderFromFiles, type EventsEncoder } from './encoder-files.ts'

const largestBytes = 32 * 1024 * 1024

/** An encoder from its three files, verified by the hash of its card. @throws AppError as eventsEncoderFromFiles */
export async function loadShipped(
  { cardUrl, modelUrl, weightsUrl }: { cardUrl: string; modelUrl: string; weightsUrl: string },
  http: HttpOptions,
): Promise<EventsEncoder> {
  const [card, model, weights] = await Promise.all(
    [cardUrl, modelUrl, weightsUrl].map((url) => fetchWhole(url, largestBytes, http)),
  )
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
  return eventsEncoderFromFiles({ card: text(card), model: text(model), weights: Uint8Array.from(weights) })
}
