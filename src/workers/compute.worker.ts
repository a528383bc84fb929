import { serveStudies, type LoadHandlers } from './serve-studies.ts'

type Handlers = Awaited<ReturnType<LoadHandlers>>
interface Opening {
  handlers: Handlers
  begin(page: string): void
}

const openings = import.meta.glob<Opening>('../studies/*/opening-handlers.ts')

/**
 * The study that a first visit shows, where index.html started this script before the page's own: its data are on their way
 * while the page is still being put together.
 */
const early = openings[`../studies/${self.name}/opening-handlers.ts`]?.().then(
  ({ begin }) => begin(new URL('..', self.location.href).href),
  () => undefined, // the job that needs them loads them again, and says why it cannot
)

async function handlersOf(load: () => Promise<Opening>): Promise<Handlers> {
  await early
  return (await load()).handlers
}

// Physics, data and encoding of every study, and bundles.
serveStudies(
  self as unknown as DedicatedWorkerGlobalScope,
  import.meta.glob<Handlers>(['../studies/*/compute-handlers.ts', './bundle-handlers.ts'], {
    import: 'handlers',
  }),
  Object.fromEntries(Object.entries(openings).map(([path, load]) => [path, () => handlersOf(load)])),
)
