import { notCarried, type NotCarried } from '../../../core/not-carried.ts'
import type { DrellYanIntent } from '../intent.ts'
import type { DrellYanContext } from '../model.ts'
import { madeForKey } from './anomaly-state.ts'
import { datasetOpened } from './dataset-opened.ts'
import type { OpenDataset } from './drell-yan-state.ts'
import { isMeasuredId } from './own-measured.ts'
import { limitsKey } from './limit-actions.ts'
import { createOwnEncoders, ownEncoderRecords } from './own-encoders.ts'
import { drellYanProductVersion, type DrellYanProducts } from './products.ts'
import { trainingKey } from './training-key.ts'
import { classifierKey } from './wanted-classifier.ts'

/** Kinds that only an open dataset tells apart. */
const ofDataset: readonly NotCarried['kind'][] = ['classifier', 'scores', 'training']

/**
 * Of what a link does not carry: without what this browser keeps, or the page has, and without the encoder of the map (`checkIds`
 * says what stands in for it).
 */
export async function drellYanLacking(
  lacks: readonly NotCarried[],
  { model }: Pick<DrellYanIntent, 'model'>,
  { store, platform }: Pick<DrellYanContext, 'store' | 'platform'>,
): Promise<NotCarried[]> {
  const { intent } = store.getState()
  const open = lacks.some(({ kind }) => ofDataset.includes(kind)) ? await datasetOpened(store) : null
  const products = platform.products<DrellYanProducts>(drellYanProductVersion)
  const kept = <K extends keyof DrellYanProducts>(kind: K, key: string): Promise<boolean> =>
    products.get(kind, key).then(
      (found) => found !== null,
      () => false,
    )

  async function hasScores({ encoder, header }: OpenDataset): Promise<boolean> {
    const made = { encoder: encoder.id, encoderHash: encoder.hash, manifestHash: header.manifestHash }
    const found = await Promise.all([
      kept('evaluation', madeForKey(made)),
      kept('retrieval', madeForKey(made)),
      kept('limits', limitsKey(made)),
    ])
    return found.includes(true)
  }

  async function isHere({ kind, name }: NotCarried): Promise<boolean> {
    const { pdf, query } = store.getState()
    if (kind === 'encoder') {
      const own = await createOwnEncoders(ownEncoderRecords(platform), platform.now).known()
      return [model, ...own.map(({ id }) => id)].some((id) => notCarried('encoder', id).name === name)
    }
    if (kind === 'pdf') return intent.pdf !== null && pdf.summary.value?.hash === intent.pdf.hash
    if (kind === 'spectra') {
      const own = isMeasuredId(intent.dataset) ? await products.get('measured', intent.dataset) : null
      return [query.value, ...(own?.files ?? [])].some(
        (file) => file !== undefined && notCarried('spectra', file.name).name === name,
      )
    }
    if (!open) return false
    if (kind === 'classifier') return kept('classifier', classifierKey(open, intent.classifier))
    if (kind === 'scores') return hasScores(open)
    if (kind !== 'training') return false
    const key = trainingKey(open.header.manifestHash, intent.order, intent.training)
    const saved = await platform.checkpoints.load(key).catch(() => null)
    return saved !== null
  }

  const here = await Promise.all(lacks.map(isHere))
  return lacks.filter((_, i) => !here[i])
}
