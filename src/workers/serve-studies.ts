import { AppError } from '../errors.ts'
import type { JobHandler, JobHandlers } from '../jobs/serve-jobs.ts'
import { handlerOf, serveFound } from '../jobs/serve-jobs.ts'
import type { JobShape, Port } from '../jobs/protocol.ts'

type AnyHandlers = JobHandlers<Record<string, JobShape>>

/** Handlers of one study, or of what is of no study, loaded by its first job in this worker. */
export type LoadHandlers = () => Promise<AnyHandlers>

/** By path of the module that has them, as `../studies/<study>/<module>.ts`, or `./<name>-handlers.ts`. */
type Modules = Readonly<Record<string, LoadHandlers>>

/**
 * Answers "study/job" with the handlers of that study.
 *
 * @param openings  of a study's first jobs alone, which are small: no other code is loaded for these
 */
export function serveStudies(port: Port, modules: Modules, openings: Modules = {}): () => void {
  const all = byStudy(modules)
  const first = byStudy(openings)
  return serveFound(port, async (name): Promise<JobHandler<JobShape>> => {
    const [study, job = ''] = name.split('/', 2)
    const load = all.get(study)
    if (!load)
      throw new AppError(
        'input/invalid',
        `No study is called "${study}" in this worker; it knows ${[...all.keys()].join(', ')}.`,
      )
    const opening = await first.get(study)?.()
    return handlerOf(opening && Object.hasOwn(opening, job) ? opening : await load(), job)
  })
}

function byStudy(modules: Modules): Map<string, LoadHandlers> {
  return new Map(
    Object.entries(modules).map(([path, load]) => {
      const [, study, name] = /studies\/([^/]+)\/|\/([^/]+)-handlers\.ts$/.exec(path) ?? []
      return [study ?? name ?? path, load]
    }),
  )
}
