import { anomalyHandlers } from './anomaly-handlers.ts'
import { buildDataset } from './build-dataset.ts'
import { embedUniverses } from './drell-yan/header.ts'
import { encoderLimits } from './drell-yan/encoder-limits.ts'
import { drawReplicas, embedSpectra } from './drell-yan/row-embedding.ts'
import { encodeFile } from './encode-file.ts'
import { loadRowEncoder } from '../ml/row-encoder.ts'
import type { JobMap } from './job-map.ts'
import { latentHandlers } from './latent-handlers.ts'
import { loadEncoder } from './load-encoder.ts'
import { importEncoder } from './model-bundle.ts'
import { openDataset } from './open-dataset.ts'
import { inspectPdf } from './open-pdf.ts'
import { readShelf } from './shelf.ts'

interface Context {
  signal: AbortSignal
}

type Request<K extends keyof JobMap> = JobMap[K]['request']

/** What the compute worker does: physics, data and encoding. */
export const computeHandlers = {
  ...anomalyHandlers,
  ...latentHandlers,
  'open-dataset': (request: Request<'open-dataset'>, { signal }: Context) => openDataset(request, { signal }),
  'build-dataset': (request: Request<'build-dataset'>) => buildDataset(request),
  async *'embed-rows'({
    header,
    encoder,
    spectra,
    rows,
  }: Request<'embed-rows'>): AsyncGenerator<JobMap['embed-rows']['progress'], { rows: number }> {
    yield { kind: 'embedding', embedding: embedUniverses(header, encoder) }
    const encode = await loadRowEncoder(encoder)
    for (const chunk of embedSpectra(header.model, encode, spectra, rows)) yield { kind: 'rows', chunk }
    return { rows }
  },
  async *'draw-replicas'(
    request: Request<'draw-replicas'>,
  ): AsyncGenerator<JobMap['draw-replicas']['progress'], { rows: number }> {
    const { whitenedMeans, model, encoder, perUniverse, firstReplica, seed } = request
    const bins = model.templates.sm.length
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
  'inspect-pdf': async ({ files }: Request<'inspect-pdf'>) => inspectPdf(files),
}
