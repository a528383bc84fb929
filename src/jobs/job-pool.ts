import type { JobClient } from './job-client.ts'
import { createJobClient } from './job-client.ts'
import type { JobMapShape, Port } from './protocol.ts'

/**
 * A client that spreads jobs over up to `size` workers, each job to the one with the least to do. Workers are
 * spawned as they are needed.
 */
export function createJobPool<M extends JobMapShape<M>>(
  spawn: () => Port,
  size: number,
  scope?: string,
): JobClient<M> {
  const clients = Array.from({ length: Math.max(1, size) }, () => createJobClient<M>(spawn, scope))

  return {
    run: (job, request, options) =>
      clients
        .reduce((least, client) => (client.load < least.load ? client : least))
        .run(job, request, options),
    get load() {
      return clients.reduce((sum, client) => sum + client.load, 0)
    },
    close: () => clients.forEach((client) => client.close()),
  }
}
