import { linearEncoderId } from '../analysis/linear-encoder.ts'
import { drellYanDefaults } from '../default-intent.ts'
import type { DrellYanIntent } from '../intent.ts'
import type { Platform } from '../../../core/platform.ts'
import type { Catalogue } from './drell-yan-state.ts'
import { isMeasuredId } from './own-measured.ts'
import { drellYanProductVersion, type DrellYanProducts } from './products.ts'
import { createOwnEncoders, ownEncoderRecords } from './own-encoders.ts'

/** The shipped encoder to start a dataset with; the closed-form map where none is shipped for it. */
export function startModel(catalogue: Catalogue, dataset: string): string {
  const id = catalogue.defaultModel[dataset]
  return catalogue.models.some((model) => model.id === id) ? id : linearEncoderId
}

/**
 * A link's intent with ids that this page has: a dataset or model that is not here gives way to the default, and
 * the note says so. Regions and camera were drawn in the latent space of the missing model: they go with it.
 *
 * @param ownModels    ids of encoders trained or dropped in this browser
 * @param hasMeasured  whether this browser keeps the measured spectrum that the dataset names
 */
export function withKnownIds(
  intent: DrellYanIntent,
  catalogue: Catalogue,
  ownModels: readonly string[] = [],
  hasMeasured = false,
): { intent: DrellYanIntent; notes: string[] } {
  const notes: string[] = []
  let known = intent
  if (!hasMeasured && !catalogue.datasets.some(({ id }) => id === known.dataset)) {
    const dataset = drellYanDefaults.dataset
    notes.push(
      isMeasuredId(known.dataset)
        ? `The measured spectrum "${known.dataset}" was dropped in another browser: a link names it but does not carry it. Drop its files, or a bundle (Share, Save bundle). Meanwhile ${dataset} is shown.`
        : `There is no dataset "${known.dataset}" here: ${dataset} is shown; this page has ${listed(catalogue.datasets)}.`,
    )
    known = { ...known, dataset, model: startModel(catalogue, dataset), camera: null, selection: null }
  }
  const models = [...catalogue.models.map(({ id }) => id), linearEncoderId, ...ownModels]
  if (!models.includes(known.model)) {
    const model = known.setup ? linearEncoderId : startModel(catalogue, known.dataset)
    const reason = known.model.startsWith('trained-')
      ? `The encoder "${known.model}" was trained in another browser: a link names it but does not carry it. Ask for a bundle (Share, Save bundle) and drop it here, or for its files (Train, Export model), drop them and open the link again.`
      : `There is no model "${known.model}" here; this page has ${models.join(', ')}.`
    notes.push(`${reason} Meanwhile the map shows ${model}.`)
    const selection = known.selection?.kind === 'universes' ? known.selection : null
    known = { ...known, model, camera: null, selection }
  }
  return { intent: known, notes }
}

/** The same on what this page ships; its own encoders are asked for only where the model is not shipped. */
export async function checkIds(intent: DrellYanIntent, platform: Platform) {
  const { shippedCatalogue } = await import('../catalogue.ts')
  const catalogue = shippedCatalogue(platform.page)
  const hasMeasured =
    isMeasuredId(intent.dataset) &&
    (await platform.products<DrellYanProducts>(drellYanProductVersion).get('measured', intent.dataset)) !==
      null
  if (catalogue.models.some(({ id }) => id === intent.model))
    return withKnownIds(intent, catalogue, [], hasMeasured)
  const own = await createOwnEncoders(ownEncoderRecords(platform), platform.now).known()
  return withKnownIds(
    intent,
    catalogue,
    own.map(({ id }) => id),
    hasMeasured,
  )
}

function listed(entries: readonly { id: string }[]): string {
  return entries.map(({ id }) => id).join(', ')
}
