import type { TrainedNetwork } from '../analysis/fit/fit-jobs.ts'
import { AppError } from '../../../errors.ts'
import { sha256Hex } from '../../../numerics/sha256.ts'
import type { NetworkFiles } from '../analysis/ratios/network-files.ts'
import type { FitIntent } from '../intent.ts'
import { shippedFiles } from '../shipped-files.ts'
import type { FitRunner } from './fit-runner.ts'
import type { PlannedNetwork } from './network-plan.ts'

/**
 * The networks of a plan that come from files, in its order.
 *
 * @throws AppError of loadNetworks, 'data/not-found' for shipped files that do not arrive
 */
export async function loadedNetworks(
  { fit, page, work }: Pick<FitRunner, 'fit' | 'page' | 'work'>,
  plan: readonly PlannedNetwork[],
  setup: FitIntent,
  signal: AbortSignal,
): Promise<TrainedNetwork[]> {
  const files = fit().own?.files ?? (await Promise.all(plan.map(({ id }) => shippedFiles(id!, page))))
  const networks = await work('load-networks', { setup, files }, signal)
  // A cancel that came while files were read.
  if (signal.aborted) throw new AppError('job/cancelled', 'Loading the networks was cancelled.')
  return networks
}

/** Of cards, which name their weights by hash, in their order. */
export function hashOfNetworks(files: readonly NetworkFiles[]): Promise<string> {
  return sha256Hex(new TextEncoder().encode(files.map(({ card }) => card).join('\n')))
}
