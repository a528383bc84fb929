import { createProduct, slotOf } from '../../../core/product.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import { labelsOf } from '../analysis/training/training-settings.ts'
import type { TransformerFiles } from '../analysis/transformer-source.ts'
import { sizeWords, taskWords } from '../training-words.ts'
import type { MultiTopMlJobs } from '../jobs.ts'
import type { MultiTopContext } from '../model.ts'
import type { OwnTransformers } from './own-transformers.ts'
import type { TransformerAbout } from './transformer-run.ts'
import { trainingRequest } from './transformer-setup.ts'

/** What can be done with the transformer of a training. */
export function createModelActions(
  { store, platform, notify, change }: MultiTopContext,
  ml: JobClient<MultiTopMlJobs>,
  transformers: OwnTransformers,
) {
  const written = createProduct(slotOf(store, 'written'))

  /** Files of the moment shown, or of the best weights of a finished training. */
  async function write({
    signal,
    onProgress,
  }: {
    signal: AbortSignal
    onProgress(fraction: number): void
  }): Promise<(TransformerFiles & { id: string; title: string; about: TransformerAbout }) | null> {
    const { shown, moments, outcome, about } = store.getState().training
    const moment = shown === null ? (outcome ? undefined : moments.at(-1)) : moments[shown]
    const checkpoint = moment?.checkpoint ?? outcome?.checkpoint
    if (!checkpoint || !about) return null
    const { from } = about.settings
    const source = await transformers.source(from === 'model' ? about.model : null)
    const title = titleOf(about)
    const request = {
      ...trainingRequest(about, source, platform.page),
      ...{ checkpoint, title, weights: moment ? ('now' as const) : ('best' as const) },
    }
    const files = await ml.run('write-transformer', request, { signal, onProgress }).promise
    return { ...files, title, about }
  }

  return {
    written,
    /** Keeps the transformer of the training in this browser and shows it in all views. */
    async keepTrained(): Promise<void> {
      await written.make('Measuring it on test events', async (making) => {
        const made = await write(making)
        if (!made) return null
        const { id, title, card, weights } = made
        const hash = hashOf(card)
        const classes = classesOf(card)
        await transformers.keep({ id, hash, origin: 'trained', title, classes }, { card, weights })
        return { id, title }
      })
      const { value, status } = written.get()
      if (status !== 'ready' || !value) return
      change({ model: value.id })
      notify('info', `${value.title} is kept as ${value.id}, and shown in Explore, Interpret and Compare.`)
    },
    /** Card and weights of one that is kept. */
    filesOf: transformers.filesOf,
  }
}

export function titleOf({ settings }: Pick<TransformerAbout, 'settings'>): string {
  const { from, classes, size, task, seed } = settings
  const parts = [
    sizeWords[size],
    classes === 'tops' ? taskWords[task] : 'tt̄H and tt̄Z',
    `${labelsOf(settings)} events`,
    from === 'model' ? 'fine-tuned' : '',
    `seed ${seed}`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** Both were written by this page and read back there. */
const hashOf = (card: string): string => (JSON.parse(card) as { weightsSha256: string }).weightsSha256
const classesOf = (card: string): string[] => (JSON.parse(card) as { classes: string[] }).classes
