import { createOwnModels, tellUnstored } from '../../../core/own-models.ts'
import type { Platform } from '../../../core/platform.ts'
import { AppError } from '../../../errors.ts'
import type { TransformerFiles, TransformerSource } from '../analysis/transformer-source.ts'
import { shippedTransformer, shippedTransformerId } from '../catalogue.ts'
import type { MultiTopContext } from '../model.ts'
import type { OwnTransformer } from './own-transformer.ts'

/** A type and no interface: it names the types of own models. */
type Types = { entry: OwnTransformer; model: { id: string; hash: string }; files: TransformerFiles }

/** Those of this browser. The name must stay: transformers of earlier visits lie under it. */
export function transformerRecords(platform: Pick<Platform, 'records' | 'now'>) {
  return createOwnModels<Types>({
    records: platform.records('theoryscape-transformers', 'transformers'),
    ...{ now: platform.now, noun: 'transformer', most: 24 },
    entryOf: ({ id, hash, origin, title, classes }) => ({ id, hash, origin, title, classes }),
  })
}

/** Transformers of one's own, kept across visits where the browser allows it, and the shipped one, by id. */
export function createOwnTransformers({ platform, store, notSaved }: MultiTopContext) {
  const models = transformerRecords(platform)
  models.watch((ownModels) => store.setState({ ownModels }))
  void models.known()
  return {
    get durable() {
      return models.durable
    },
    /**
     * Where a transformer is read from.
     *
     * @throws AppError 'data/not-found' for one that this browser does not have
     */
    async source(id: string | null): Promise<TransformerSource> {
      if (id === null || id === shippedTransformerId) return shippedTransformer(platform.page)
      await models.known()
      const files = await models.filesOf(id)
      if (!files)
        throw new AppError(
          'data/not-found',
          `The transformer ${id} is not stored in this browser, which has ${models.list().length} of its own. Drop its files or a bundle with it, or choose another.`,
          { model: id },
        )
      return files
    },
    filesOf: models.filesOf,
    has: models.has,
    known: models.known,
    /** At hand from now on; where the browser does not store it, that is said. */
    async keep(entry: OwnTransformer, files: TransformerFiles): Promise<void> {
      await tellUnstored(
        { notSaved },
        models,
        entry,
        models.keep(entry, { id: entry.id, hash: entry.hash }, files),
      )
    },
  }
}

export type OwnTransformers = ReturnType<typeof createOwnTransformers>
