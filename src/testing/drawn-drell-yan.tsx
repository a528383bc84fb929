import type { ReactElement } from 'react'
import { readFile } from 'node:fs/promises'
import { onTestFinished, vi } from 'vitest'
import { createMemoryCheckpointStore } from '../core/checkpoint-store.ts'
import type { WorkerScript } from '../core/platform.ts'
import type { Verb } from '../core/verbs.ts'
import type { Port } from '../jobs/protocol.ts'
import { drellYanDefaults } from '../studies/drell-yan/default-intent.ts'
import type { DrellYanIntent } from '../studies/drell-yan/intent.ts'
import { drellYan } from '../studies/drell-yan/study.ts'
import type { LoadHandlers } from '../workers/serve-studies.ts'
import { acting, drawPart } from './drawn-parts.tsx'
import { fakeServer, partOf } from './fake-server.ts'
import { inProcessScript } from './in-process.ts'
import { smallPage } from './small-page.ts'
import { smallCorpus, type SmallCorpus } from './small-universes.ts'
import { eventually } from './patience.ts'

const title = 'Small Drell-Yan'

/** The dataset that the page opens first, in its small form: eleven bins, twelve universes of three replicas. */
export const shippedCorpus: SmallCorpus = await smallCorpus({ metadata: { id: 'dy-nc-13tev', title } })

/** Handlers of the study by the names under which worker scripts find them. */
const drellYanHandlers: Record<string, LoadHandlers> = {
  '../studies/drell-yan/compute-handlers.ts': async () =>
    (await import('../studies/drell-yan/compute-handlers.ts')).handlers as never,
  '../studies/drell-yan/ml-handlers.ts': async () =>
    (await import('../studies/drell-yan/ml-handlers.ts')).handlers as never,
}

/** A worker of the study in this thread, which ends with the test. */
export function spawnDrellYan(script: WorkerScript): Port {
  const name = `../studies/drell-yan/${script}-handlers.ts`
  const worker = inProcessScript({ [name]: drellYanHandlers[name] })
  onTestFinished(() => worker.terminate?.())
  return worker
}

/**
 * A host that has the small dataset where the page looks for the first shipped one, and everything else from the disk;
 * `vi.unstubAllGlobals` takes it away.
 */
export function servedDrellYan(): void {
  const { fetch } = fakeServer(async (request) => {
    const { pathname } = new URL(request.url, 'https://x/')
    const [, dataset, file] = /^\/data\/([^/]+)\/(.+)$/.exec(pathname) ?? []
    const path = dataset ? `./public${pathname}` : `.${pathname}`
    const bytes =
      dataset === shippedCorpus.manifest.id
        ? shippedCorpus.files.get(file)
        : await readFile(path).catch(() => undefined)
    return bytes ? partOf(bytes, request) : new Response(null, { status: 404 })
  })
  vi.stubGlobal('fetch', fetch)
}

/**
 * A part of the views of Drell-Yan over its own jobs, which run in this thread on the small dataset;
 * `vi.unstubAllGlobals` takes the host away.
 *
 * @param serve  another host
 */
export async function drawnDrellYan(
  part: ReactElement,
  patch: Partial<DrellYanIntent> & { view?: Verb } = {},
  serve: () => void = servedDrellYan,
) {
  serve()
  const { view = 'explore', ...intent } = { ...drellYanDefaults, model: 'pca-2', ...patch }
  const page = smallPage(drellYan, intent, view, createMemoryCheckpointStore(), undefined, {
    spawn: spawnDrellYan,
  })
  const handle = await drellYan.open(page.context)
  const drawn = drawPart(part, page, drellYan, handle)
  const state = () => page.context.store.getState()

  /** The dataset is open, every row of it is there, and so is every part of the view that comes by itself. */
  async function opened(): Promise<void> {
    await eventually(() => {
      const { dataset } = state()
      if (dataset.status === 'failed') throw new Error(dataset.error?.message)
      if (dataset.status !== 'ready') throw new Error(`the dataset is ${dataset.status}`)
      const busy = document.querySelector('.panel[aria-busy=true]')
      if (busy) throw new Error(`a panel is on its way: ${busy.textContent}`)
    })
    await acting(() => undefined)
  }

  return { ...page, ...drawn, handle, state, intent: () => state().intent, opened }
}
