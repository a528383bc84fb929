import type { Bundled } from '../../../core/bundling.ts'
import type { NotCarried } from '../../../core/not-carried.ts'
import type { ModelFiles } from '../../../ml/model-files.ts'
import { madeForKey } from './anomaly-state.ts'
import type { ClassificationActions } from './classification-actions.ts'
import type { DrellYanState } from './drell-yan-state.ts'
import { limitsKey } from './limit-actions.ts'
import { drellYanNotCarried } from './not-carried.ts'
import { drellYanProductVersion } from './products.ts'
import type { Services } from './services.ts'

type Items = Bundled['items']

/** The three files of a model, named as every export of one. */
const modelFiles = ({ card, model, weights }: ModelFiles) => ({
  files: [
    { name: 'card.json', content: card },
    { name: 'model.json', content: model },
    { name: 'weights.bin', content: weights },
  ],
})

/** Scores under the keys that they are kept by. */
function measured({ anomaly, limits }: Pick<DrellYanState, 'anomaly' | 'limits'>): Items {
  const { evaluation, retrieval } = anomaly
  const version = drellYanProductVersion
  return [
    ...[
      { kind: 'evaluation', value: evaluation.value },
      { kind: 'retrieval', value: retrieval.value },
    ].flatMap(({ kind, value }) =>
      value && !value.recorded ? [{ kind, version, key: madeForKey(value), holds: { value } }] : [],
    ),
    ...(limits.value && !limits.value.recorded
      ? [{ kind: 'limits', version, key: limitsKey(limits.value), holds: { value: limits.value } }]
      : []),
  ]
}

/** Dropped files as they are, encoders and the classifier as their exported files, scores as plain data. */
export async function bundledDrellYan(
  state: DrellYanState,
  { encoders }: Pick<Services, 'encoders'>,
  openClassification: () => Promise<Pick<ClassificationActions, 'exportFiles'>>,
): Promise<Bundled> {
  const { intent, pdf, query, measured: own } = state
  const lacks: NotCarried[] = []
  const items: Items[number][] = [...measured(state)]
  if (pdf.files)
    items.push({
      kind: 'pdf',
      holds: { files: pdf.files.map(({ name, text }) => ({ name, content: text })) },
    })
  if (own.value && own.value.id === intent.dataset)
    items.push({
      kind: 'measured',
      holds: { files: own.value.files.map(({ name, text }) => ({ name, content: text })) },
    })
  if (query.value)
    items.push({ kind: 'spectra', holds: { files: [{ name: query.value.name, content: query.value.file }] } })
  for (const entry of drellYanNotCarried(state, intent)) {
    if (entry.kind === 'encoder') {
      const files = entry.name === undefined ? null : await encoders.filesOf(entry.name)
      if (files) items.push({ kind: 'encoder', holds: modelFiles(files) })
      else lacks.push(entry)
    } else if (entry.kind === 'classifier') {
      const made = await (await openClassification()).exportFiles()
      if (made) items.push({ kind: 'classifier', holds: modelFiles(made.files) })
      else lacks.push(entry)
    } else if (entry.kind === 'training' || (entry.kind === 'pdf' && !pdf.files)) lacks.push(entry)
  }
  return { items, lacks }
}
