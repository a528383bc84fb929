import { keepMade } from '../../../core/keep-made.ts'
import { createProduct, slotOf, type Make } from '../../../core/product.ts'
import { createEncoderTrainings, type EncoderSetup } from '../../../core/training/encoder-trainings.ts'
import type { ComparedMaps } from '../../../numerics/compared-maps.ts'
import type { StudyContext } from '../../../core/study.ts'
import type { BlobsToCompare } from './analysis/compare-blobs.ts'
import { blobsTraining } from './default-intent.ts'
import type { BlobsModel } from './model.ts'

/** Keeps the points in step with seed, number and file, and gives what the views act with. */
export async function openBlobs(context: StudyContext<BlobsModel>) {
  const { store, jobs } = context
  const compute = jobs('compute')
  keepMade(store, createProduct(slotOf(store, 'points')), 'Drawing points', ({ intent, dropped }) => {
    const { seed, perClass } = intent
    return {
      key: JSON.stringify([seed, perClass, [...dropped]]),
      make: ({ signal }) => compute.run('draw', { seed, perClass, dropped }, { signal }).promise,
    }
  })
  function setup(): EncoderSetup | null {
    const { points, intent } = store.getState()
    if (!points.value) return null
    const { count: items, values } = points.value
    const about = { config: { ...blobsTraining, seed: intent.seed } }
    return { key: `blobs ${points.key}`, about, data: points.status, items, rows: Float32Array.from(values) }
  }
  return {
    context,
    compared: createProduct(slotOf(store, 'compared')),
    compare(request: BlobsToCompare): Make<ComparedMaps> {
      return (making) => compute.run('compare', request, making).promise
    },
    training: createEncoderTrainings(context, jobs('ml'), setup, 'points'),
    /** Puts the points of a file on the map. */
    async drop(file: File): Promise<void> {
      store.setState({ dropped: await (await import('./analysis/draw-blobs.ts')).pointsFile.read(file) })
      context.change({ view: 'explore' })
    },
  }
}

export interface BlobsParts extends BlobsModel {
  handle: Awaited<ReturnType<typeof openBlobs>>
}
