import type { HttpOptions } from '../../../dataset/http.ts'
import { loadSample } from '../../../dataset/event-samples/load-sample.ts'
import type { SampleManifest } from '../../../dataset/event-samples/sample-manifest.ts'

/** What the samples of the classes say of themselves, in their order. */
export function readSamples(
  { manifestUrls }: { manifestUrls: readonly string[] },
  http: HttpOptions,
): Promise<SampleManifest[]> {
  return Promise.all(manifestUrls.map((url) => loadSample(url, http)))
}
