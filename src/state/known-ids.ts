import { linearEncoderId } from '../analysis/drell-yan/linear-encoder.ts'
import { defaultIntent } from '../share/default-intent.ts'
import type { Intent } from '../share/schema.ts'
import type { Catalogue } from './app-state.ts'

/** The shipped encoder to start a dataset with; the closed-form map where none is shipped for it. */
export function startModel(catalogue: Catalogue, dataset: string): string {
  const id = catalogue.defaultModel[dataset]
  return catalogue.models.some((model) => model.id === id) ? id : linearEncoderId
}

/**
 * A link's intent with ids that this page has: a dataset or model that is not here gives way to the default, and
 * the note says so. Regions and camera were drawn in the latent space of the missing model: they go with it.
 *
 * @param ownModels  ids of encoders trained or dropped in this browser
 */
export function withKnownIds(
  intent: Intent,
  catalogue: Catalogue,
  ownModels: readonly string[] = [],
): { intent: Intent; notes: string[] } {
  const notes: string[] = []
  let known = intent
  if (!catalogue.datasets.some(({ id }) => id === known.dataset)) {
    const dataset = defaultIntent.dataset
    notes.push(
      `There is no dataset "${known.dataset}" here: ${dataset} is shown; this page has ${listed(catalogue.datasets)}.`,
    )
    known = { ...known, dataset, model: startModel(catalogue, dataset), camera: null, selection: null }
  }
  const models = [...catalogue.models.map(({ id }) => id), linearEncoderId, ...ownModels]
  if (!models.includes(known.model)) {
    const model = known.setup ? linearEncoderId : startModel(catalogue, known.dataset)
    const reason = known.model.startsWith('trained-')
      ? `The encoder "${known.model}" was trained in another browser: a link names it but does not carry it. Ask for its files (Train, Export model), drop them here and open the link again.`
      : `There is no model "${known.model}" here; this page has ${models.join(', ')}.`
    notes.push(`${reason} Meanwhile the map shows ${model}.`)
    const selection = known.selection?.kind === 'universes' ? known.selection : null
    known = { ...known, model, camera: null, selection }
  }
  return { intent: known, notes }
}

function listed(entries: readonly { id: string }[]): string {
  return entries.map(({ id }) => id).join(', ')
}
