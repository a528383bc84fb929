import type { JobClient } from '../jobs/job-client.ts'
import { createJobClient } from '../jobs/job-client.ts'
import type { JobMapShape, Port } from '../jobs/protocol.ts'
import type { JobHandlers } from '../jobs/serve-jobs.ts'
import { serveJobs } from '../jobs/serve-jobs.ts'
import { serveStudies, type LoadHandlers } from '../workers/serve-studies.ts'

/**
 * The client's port of a channel whose other end serves the handlers in this same thread. Everything crosses
 * as it would to a worker: cloned, transferred, errors as plain objects.
 */
export function inProcessPort<M extends JobMapShape<M>>(
  handlers: JobHandlers<M>,
): Port & { terminate(): void } {
  return portServedBy((port) => serveJobs<M>(port, handlers))
}

/** A worker of the page, without the worker: "study/job" is answered by the handlers of that study. */
export function inProcessScript(modules: Readonly<Record<string, LoadHandlers>>): Port {
  return portServedBy((port) => serveStudies(port, modules))
}

function portServedBy(serve: (port: Port) => () => void): Port & { terminate(): void } {
  const { port1, port2 } = new MessageChannel()
  const stop = serve(port2)
  return Object.assign(port1 as Port, {
    terminate() {
      stop()
      port1.close()
    },
  })
}

/** A job client without a worker, for tests and the command line; close it, or Node will not exit. */
export function createInProcessJobs<M extends JobMapShape<M>>(handlers: JobHandlers<M>): JobClient<M> {
  return createJobClient<M>(() => inProcessPort<M>(handlers))
}
