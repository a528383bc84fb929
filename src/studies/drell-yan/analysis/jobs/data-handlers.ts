import { buildDataset } from '../datasets/build-dataset.ts'
import type { DatasetEvent } from '../dataset-types.ts'
import { embedUniverses } from '../header.ts'
import { encoderLimits } from '../encoder-limits.ts'
import { drawReplicas, embedSpectra } from '../row-embedding.ts'
import { encodeFile } from '../datasets/encode-file.ts'
import { loadRowEncoder } from '../../../../ml/row-encoder.ts'
import type { DrellYanJobs } from '../../jobs.ts'
import { loadEncoder } from '../datasets/load-encoder.ts'
import { importEncoder } from '../datasets/model-bundle.ts'
import { inspectedPdf } from '../inspected-pdf.ts'
import { readShelf } from '../datasets/shelf.ts'
import type { PdfBand } from '../pdf-band.ts'

interface Context {
  signal: AbortSignal
}

type Request<K extends keyof DrellYanJobs> = DrellYanJobs[K]['request']

/** Physics, data and encoding of Drell-Yan, but for what opens a shipped dataset. */
export const dataHandlers = {
  'build-dataset': (request: Request<'build-dataset'>) => buildDataset(request),
  async *'pdf-band'(request: Request<'pdf-band'>): AsyncGenerator<number, PdfBand> {
    return yield* (await import('../pdf-band.ts')).pdfBand(request)
  },
  'read-wcxf': async (request: Request<'read-wcxf'>) =>
    (await import('../wcxf-import.ts')).importWcxf(request),
  'read-measured': async ({ files }: Request<'read-measured'>) => {
    const { readMeasuredSpectrum } = await import('../own-measurement/measured-spectrum.ts')
    return readMeasuredSpectrum(files)
  },
  async *'open-measured'({
    measurement,
  }: Request<'open-measured'>): AsyncGenerator<DatasetEvent, { rows: number; fetches: number }> {
    const { openMeasured } = await import('../own-measurement/measured-dataset.ts')
    return yield* openMeasured(measurement)
  },
  async *'embed-rows'({
    header,
    encoder,
    spectra,
    rows,
  }: Request<'embed-rows'>): AsyncGenerator<DrellYanJobs['embed-rows']['progress'], { rows: number }> {
    yield { kind: 'embedding', embedding: embedUniverses(header, encoder) }
    const encode = await loadRowEncoder(encoder)
    for (const chunk of embedSpectra(header.universeModel, encode, spectra, rows))
      yield { kind: 'rows', chunk }
    return { rows }
  },
  async *'draw-replicas'(
    request: Request<'draw-replicas'>,
  ): AsyncGenerator<DrellYanJobs['draw-replicas']['progress'], { rows: number }> {
    const { whitenedMeans, model, encoder, perUniverse, firstReplica, seed } = request
    const bins = model.templates.bins
    yield* drawReplicas(whitenedMeans, bins, await loadRowEncoder(encoder), perUniverse, firstReplica, seed)
    return { rows: (whitenedMeans.length / bins) * perUniverse }
  },
  'load-encoder': ({ model, manifest }: Request<'load-encoder'>, { signal }: Context) =>
    loadEncoder(model, manifest, { signal }),
  'encoder-limits': ({ model, encoder, options }: Request<'encoder-limits'>) =>
    encoderLimits(model, encoder, options),
  'encode-file': (request: Request<'encode-file'>) => encodeFile(request),
  'import-encoder': ({ files, manifest }: Request<'import-encoder'>) => importEncoder(files, manifest),
  'read-shelf': (request: Request<'read-shelf'>, { signal }: Context) => readShelf(request, { signal }),
  'inspect-pdf': async ({ files }: Request<'inspect-pdf'>) => inspectedPdf(files),
}
