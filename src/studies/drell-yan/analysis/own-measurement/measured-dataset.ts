import { readNpy } from '../../../../dataset/npy.ts'
import { openPdf } from '../../../../physics/pdf/open-pdf.ts'
import type { DatasetEvent } from '../dataset-types.ts'
import { openDataset } from '../datasets/open-dataset.ts'
import { defaultMeasurementSetup, makeMeasurementCorpus } from '../measurement-corpus.ts'
import type { Measurement } from '../measurement-file.ts'
import { above106 } from '../measurement-model.ts'
import { refused } from './measurement-text.ts'

/** Bins above the region of photon radiation that a fit of K(m) needs; with fewer all bins are compared. */
const enoughBins = 4

/** Where the comparison begins: above the Z, where final-state radiation is small, if there are bins enough. */
export function comparedFrom({ edges }: Measurement): number {
  const above = edges.findIndex((edge) => edge >= above106.fromGeV)
  return above >= 0 && edges.length - 1 - above >= enoughBins ? edges[above] : edges[0]
}

/**
 * A dataset of a measured spectrum on its own bins: templates, universes and replicas made as those of the shipped measurement are, and
 * opened as these are.
 */
export async function* openMeasured(
  measurement: Measurement,
): AsyncGenerator<DatasetEvent, { rows: number; fetches: number }> {
  yield { kind: 'stage', label: 'Building templates', fraction: 0 }
  const { manifest, files } = await makeMeasurementCorpus(
    measurement,
    { ...defaultMeasurementSetup, luminosityInvFb: undefined },
    openPdf(null),
    { ...above106, id: measurement.id, title: measurement.title, fromGeV: comparedFrom(measurement) },
  )
  checkUnit(measurement, readNpy(files.find(({ name }) => name === 'full-sm.npy')!.bytes).data)
  const address = (name: string) => `memory:/${name}`
  const content = new Map(files.map(({ name, bytes }) => [address(name), bytes]))
  content.set(
    address('manifest.json'),
    new TextEncoder().encode(JSON.stringify({ ...manifest, preview: undefined })),
  )
  const events = openDataset(
    { manifestUrl: address('manifest.json'), model: null },
    { fetch: fromMemory(content) },
  )
  return yield* events
}

/** Half of the measured bins lie within this factor of leading order; what lies outside is in another unit. */
const plausible = 4

/**
 * Asks where the values look like pb per bin, or a power of ten off.
 *
 * @param sm  leading order on all measured bins [pb/GeV]
 */
export function checkUnit({ title, edges, value }: Measurement, sm: ArrayLike<number>): void {
  const medianOf = (of: (bin: number) => number) =>
    Float64Array.from(value, (_, b) => of(b)).sort()[value.length >> 1]
  const perGeV = medianOf((b) => value[b] / sm[b])
  if (perGeV > 1 / plausible && perGeV < plausible) return
  const perBin = medianOf((b) => value[b] / (sm[b] * (edges[b + 1] - edges[b])))
  const seems = perBin > 1 / plausible && perBin < plausible
  throw refused(
    title,
    `half of its values are ${perGeV.toPrecision(3)} times leading order in pb/GeV${seems ? `, and ${perBin.toPrecision(3)} times it in pb per bin` : ''}`,
    seems
      ? 'divide each value and error by the width of its bin, or state the unit PB'
      : 'give d(sigma)/dm of pp -> l+ l-, one lepton flavour, in pb/GeV',
  )
}

/** Answers requests from memory. */
function fromMemory(content: ReadonlyMap<string, Uint8Array>): typeof fetch {
  return async (input, init) => {
    const bytes = content.get(String(input))
    if (!bytes) return new Response(null, { status: 404 })
    const asked = /^bytes=(\d+)-(\d+)$/.exec(new Headers(init?.headers).get('range') ?? '')
    if (!asked) return new Response(Uint8Array.from(bytes))
    const [start, end] = [Number(asked[1]), Math.min(Number(asked[2]) + 1, bytes.length)]
    return new Response(bytes.slice(start, end), {
      status: 206,
      headers: { 'Content-Range': `bytes ${start}-${end - 1}/${bytes.length}` },
    })
  }
}
