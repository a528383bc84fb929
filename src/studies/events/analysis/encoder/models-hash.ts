import { sha256Hex } from '../../../../numerics/sha256.ts'
import type { ModelEvents } from '../models.ts'

/** SHA-256 of the hashes of all features: what an encoder says it was trained on. */
export async function modelsHash(models: readonly Pick<ModelEvents, 'features'>[]): Promise<string> {
  const hashes = await Promise.all(
    models.map(({ features }) =>
      sha256Hex(Uint8Array.from(new Uint8Array(features.buffer, features.byteOffset, features.byteLength))),
    ),
  )
  return sha256Hex(new TextEncoder().encode(hashes.join(' ')))
}
