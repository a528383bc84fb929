import { fetchWhole, type HttpOptions } from '../http.ts'
import { parseDocument } from '../parse-document.ts'
import { sampleManifestSchema, type SampleManifest } from './sample-manifest.ts'

const maxManifestBytes = 1024 * 1024

/** Fetches and checks the manifest of a sample. @throws AppError see parseDocument, and 'data/not-found' */
export async function loadSample(url: string, options: HttpOptions = {}): Promise<SampleManifest> {
  return parseSample(await fetchWhole(url, maxManifestBytes, options), url)
}

/** The same checks for bytes that are already here. */
export function parseSample(bytes: Uint8Array, url: string): SampleManifest {
  return parseDocument(bytes, url, { schema: sampleManifestSchema, readsVersion: 1, inconsistency })
}

function inconsistency({ events, bytes, blocks }: SampleManifest): string | undefined {
  const sum = blocks.reduce(
    (all, block) => ({ events: all.events + block.events, bytes: all.bytes + block.bytes }),
    { events: 0, bytes: 0 },
  )
  if (sum.events !== events) return `its blocks have ${sum.events} events, it says ${events}`
  if (sum.bytes !== bytes) return `its blocks have ${sum.bytes} bytes, its file ${bytes}`
  return undefined
}
