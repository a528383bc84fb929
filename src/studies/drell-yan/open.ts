import { lazily } from '../../core/lazily.ts'
import { shippedCatalogue } from './catalogue.ts'
import type { DrellYanContext, DrellYanModel } from './model.ts'
import { createActions } from './state/actions.ts'
import { startDatasetEffects } from './state/dataset-effects.ts'
import { tellForeignEncoder } from './state/foreign-encoder.ts'
import { createFileActions } from './state/file-actions.ts'
import { startReplicaEffects } from './state/replica-effects.ts'
import { createLatentProducts } from './state/latent-products.ts'
import { createServices } from './state/services.ts'

/** Starts this study: the dataset is opened, and its views get what they act with. */
export async function openDrellYan(context: DrellYanContext) {
  const { store, platform } = context
  const catalogue = shippedCatalogue(platform.page)
  store.setState({ catalogue })
  const services = createServices(context)
  services.encoders.watch((ownEncoders) => store.setState({ ownEncoders }))
  // Those of earlier visits fill the lists of encoders when they come; a link to one of them waits for it.
  const known = services.encoders.known()
  const { model } = store.getState().intent
  if (!catalogue.models.some(({ id }) => id === model)) await known
  startDatasetEffects(store, services)
  startReplicaEffects(store, services)
  const actions = createActions(context)
  tellForeignEncoder(store, actions)
  const shippedClassifiers = async () =>
    (await import('./shipped-classifiers.ts')).shippedClassifiers(platform.page)
  const openClassification = lazily(async () => {
    const [{ createClassificationActions }, shipped] = await Promise.all([
      import('./state/classification-actions.ts'),
      shippedClassifiers(),
    ])
    return createClassificationActions(store, services, shipped, actions)
  })
  return {
    context,
    store,
    actions,
    files: createFileActions(
      context,
      services,
      actions,
      async (files) => (await openClassification()).adopt(files),
      () => void import('./views/data/save-template.ts').then(({ saveTemplate }) => saveTemplate()),
    ),
    // These give the same actions every time; their code comes with the first call.
    openClassification,
    openTraining: lazily(async () =>
      (await import('./state/training-actions.ts')).createTrainingActions(store, services, actions),
    ),
    openLatent: lazily(async () =>
      (await import('./state/latent-actions.ts')).createLatentActions(store, services, actions),
    ),
    openBundling: lazily(async () => (await import('./state/bundling.ts')).createBundling(store, services)),
    latent: createLatentProducts(store),
    openAnomaly: lazily(async () => {
      const [{ createAnomalyActions }, shipped] = await Promise.all([
        import('./state/anomaly-actions.ts'),
        shippedClassifiers(),
      ])
      return createAnomalyActions(store, services, shipped)
    }),
  }
}

export type DrellYanHandle = Awaited<ReturnType<typeof openDrellYan>>

/** All types of this study. */
export interface DrellYanParts extends DrellYanModel {
  handle: DrellYanHandle
}
