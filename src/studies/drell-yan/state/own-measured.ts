import type { MeasuredFiles } from '../analysis/own-measurement/measured-spectrum.ts'
import { ready } from '../../../core/loadable.ts'
import { AppError } from '../../../errors.ts'
import { sha256Hex } from '../../../numerics/sha256.ts'
import type { DrellYanStore, OwnMeasured } from './drell-yan-state.ts'
import type { Services } from './services.ts'

const prefix = 'measured-'

/** Whether a dataset is a measured spectrum of one's own. */
export const isMeasuredId = (dataset: string): boolean => dataset.startsWith(prefix)

/** What names a measured spectrum as a dataset: its files, whatever was dropped before. */
export async function measuredId({ files }: MeasuredFiles): Promise<string> {
  const hash = await sha256Hex(new TextEncoder().encode(JSON.stringify(files)))
  return `${prefix}${hash.slice(0, 12)}`
}

/** @throws AppError of the reader */
export async function readOwnMeasured(
  { compute }: Pick<Services, 'compute'>,
  own: MeasuredFiles,
  signal: AbortSignal,
): Promise<OwnMeasured> {
  const read = await compute.run('read-measured', { files: own.files }, { signal }).promise
  return { ...read, ...own, id: await measuredId(own) }
}

/**
 * The measured spectrum of a dataset: the one that is there, or that of an earlier visit or of a bundle, which then is there.
 *
 * @throws AppError 'data/not-found' where this browser has none of that name
 */
export async function ownMeasured(
  store: DrellYanStore,
  services: Pick<Services, 'compute' | 'products'>,
  id: string,
  signal: AbortSignal,
): Promise<OwnMeasured> {
  const { value } = store.getState().measured
  if (value?.id === id) return value
  const kept = await services.products.get('measured', id)
  if (!kept)
    throw new AppError(
      'data/not-found',
      `The measured spectrum "${id}" is not here: a link names it but does not carry it. Drop its files, or a bundle of the analysis.`,
    )
  const measured = await readOwnMeasured(services, kept, signal)
  if (!signal.aborted) store.setState({ measured: ready(measured) })
  return measured
}
