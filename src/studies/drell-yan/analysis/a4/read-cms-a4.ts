import { readAsset } from '../../../../numerics/read-asset.ts'
import cmsUrl from '../measurements/cms-a4-13tev.json?url'
import { type A4Measurement, parseA4Measurement } from './a4-measurement.ts'

/** CMS's A_4 from the file beside the scripts: its correlations are too many numbers to be one. */
export async function readCmsA4(): Promise<A4Measurement> {
  const bytes = await readAsset(new URL(cmsUrl, import.meta.url))
  return parseA4Measurement(JSON.parse(new TextDecoder().decode(bytes)) as unknown)
}
