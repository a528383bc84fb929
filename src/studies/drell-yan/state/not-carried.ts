import { notCarried, type NotCarried } from '../../../core/not-carried.ts'
import type { DrellYanIntent } from '../intent.ts'
import type { DrellYanResults } from './drell-yan-state.ts'

/** Files, models and results of a Drell-Yan analysis that its link only names, or not even that. */
export function drellYanNotCarried(
  state: Pick<
    DrellYanResults,
    'query' | 'measured' | 'ownEncoders' | 'training' | 'classification' | 'anomaly' | 'limits'
  >,
  {
    dataset,
    setup,
    pdf,
    model,
    compare,
  }: Pick<DrellYanIntent, 'dataset' | 'setup' | 'pdf' | 'model' | 'compare'>,
): NotCarried[] {
  const { query, measured: own, ownEncoders, training, classification, anomaly, limits } = state
  const shown = new Set([model, ...compare.maps])
  // What is shipped is there for everybody.
  const measured = [anomaly.evaluation, anomaly.retrieval, limits].some(
    ({ value }) => value && !value.recorded,
  )
  const { status } = training
  const origin = classification.shown.value?.origin
  return [
    ...(setup && pdf ? [notCarried('pdf', pdf.id)] : []),
    ...(own.value && own.value.id === dataset ? [notCarried('spectra', own.value.measurement.title)] : []),
    ...(query.value ? [notCarried('spectra', query.value.name)] : []),
    ...ownEncoders.filter(({ id }) => shown.has(id)).map(({ id }) => notCarried('encoder', id)),
    ...(status === 'running' || status === 'paused' ? [notCarried('training')] : []),
    ...(origin === 'trained' || origin === 'file' ? [notCarried('classifier')] : []),
    ...(measured ? [notCarried('scores')] : []),
  ]
}
