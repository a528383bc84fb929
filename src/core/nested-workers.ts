import { createJobPool } from '../jobs/job-pool.ts'
import type { JobClient } from '../jobs/job-client.ts'
import type { JobMapShape } from '../jobs/protocol.ts'

/**
 * Workers within a worker, of its own script: for a job that shares its work. Ended by close().
 *
 * @param study  whose jobs they are asked for
 */
export function nestedWorkers<M extends JobMapShape<M>>(study: string, workers: number): JobClient<M> {
  const { href } = self.location
  return createJobPool<M>(() => new Worker(href, { type: 'module' }), workers, study)
}
