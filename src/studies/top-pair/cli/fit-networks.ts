import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FitJobs, TrainedNetwork } from '../analysis/fit/fit-jobs.ts'
import type { FitKind, FitSetup } from '../analysis/fit/fit-setup.ts'
import { loadNetworks, type LoadedNetworks } from '../analysis/ratios/load-networks.ts'
import type { NetworkFiles } from '../analysis/ratios/network-files.ts'
import { plannedNetworks } from '../analysis/plan/check-planned.ts'
import type { NetworkPlanFile } from '../analysis/plan/plan.ts'
import type { PlanTask } from '../analysis/plan/plan-tasks.ts'
import { networkTasks, taskName } from '../analysis/ratios/network-tasks.ts'
import { foldersWithin } from '../../../cli/options/check-paths.ts'
import { AppError } from '../../../errors.ts'
import { pump, type FitHandlers, type FitOptions } from './fit-options.ts'
import type { KeptFit } from './kept-fit.ts'

export interface NamedNetworks extends LoadedNetworks {
  /** Where a plan was asked for, its tasks with their files, in the order of the networks. */
  planned?: { task: PlanTask; files: NetworkFiles }[]
}

/**
 * The networks of --networks, checked before any work is done; null where none are named.
 *
 * @param plan  whose networks they must be, each once; absent: any of such events
 * @throws AppError 'data/not-found', 'model/corrupt', 'model/mismatch' (see loadNetworks, plannedNetworks), 'input/invalid' where no
 *         network is used
 */
export async function namedNetworks(
  kind: FitKind,
  setup: FitSetup,
  options: FitOptions,
  log: (line: string) => void,
  plan?: Pick<NetworkPlanFile, 'setup' | 'tasks'>,
): Promise<NamedNetworks | null> {
  const trustCards = options['trust-card']
  if (options.networks === undefined) {
    if (!trustCards) return null
    throw new AppError('input/invalid', '--trust-card is for the cards of --networks, which names none.')
  }
  if (kind !== 'unbinned')
    throw new AppError(
      'input/invalid',
      `--networks are for learned ratios, a fit of the kind ${kind} uses none. Ask for unbinned, or leave them out.`,
    )
  const found = networkFolders(options.networks).map(readFolder)
  const planned = plan && listed(() => plannedNetworks(found, plan), log, 2)
  const files = planned ? planned.map((one) => one.files) : found
  const loaded = await loadNetworks(files, setup, {
    trustCards,
    ...('replicas' in options && options.replicas !== undefined && { replicas: setup.replicas }),
  }).catch((thrown: unknown) => {
    logLists(AppError.from(thrown), log)
    throw thrown
  })
  for (const note of loaded.notes) log(note)
  return { ...loaded, planned }
}

/** Folders of networks: those named, and those within a folder that is none itself. */
function networkFolders(paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    existsSync(join(path, 'card.json')) ? [path] : foldersWithin(path, 'card.json'),
  )
}

function listed<T>(act: () => T, log: (line: string) => void, most: number): T {
  try {
    return act()
  } catch (thrown) {
    logLists(AppError.from(thrown), log, most)
    throw thrown
  }
}

/** What is missing, doubled and foreign, whole, where it is more than the message holds. */
function logLists({ context }: AppError, log: (line: string) => void, most = 6): void {
  for (const name of ['missing', 'doubled', 'foreign']) {
    const list = context[name]
    if (Array.isArray(list) && list.length > most) log(`${name}: ${list.join(', ')}`)
  }
}

/** @throws AppError 'data/not-found' */
export function readFolder(folder: string): NetworkFiles {
  const read = (name: string): Buffer => {
    const path = join(folder, name)
    if (!existsSync(path))
      throw new AppError(
        'data/not-found',
        `There is no ${name} in ${folder}. Make it with train-ratio --out.`,
      )
    return readFileSync(path)
  }
  const run = join(folder, 'run.json')
  return {
    name: folder,
    card: read('card.json').toString('utf8'),
    weights: new Uint8Array(read('weights.bin')),
    run: existsSync(run) ? readFileSync(run, 'utf8') : null,
  }
}

/** sha256 of cards and weights, folder by folder. */
export function digestOfNetworks(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const folder of networkFolders(paths))
    for (const name of ['card.json', 'weights.bin']) hash.update(readFileSync(join(folder, name)))
  return hash.digest('hex')
}

/** Those named, or trained now, one after the other; none for fits that use none. */
export async function networksFor(
  kind: FitKind,
  named: LoadedNetworks | null,
  setup: FitSetup,
  options: FitOptions,
  handlers: FitHandlers,
  log: (line: string) => void,
  kept?: KeptFit,
): Promise<TrainedNetwork[]> {
  if (named) return named.networks
  if (kind !== 'unbinned') return []
  const asked = options.backend
  const backend = kept ? await kept.backend(asked) : asked
  const trained: TrainedNetwork[] = []
  for (const task of networkTasks(setup)) {
    const name = taskName(task)
    const run = handlers['train-ratio']({ setup, task, backend, resumeFrom: kept?.beginNetwork(name) })
    const tell = (event: FitJobs['train-ratio']['progress']): string | null =>
      event.kind === 'epoch'
        ? `${name}: epoch ${event.record.epoch} of ${event.epochs}, validation loss ${event.record.validationLoss.toFixed(5)}`
        : null
    const watch = async (event: FitJobs['train-ratio']['progress']): Promise<void> => {
      if (event.kind === 'sample') await kept?.between(`events of ${name}`, event.fraction)
      if (event.kind === 'recalibration') await kept?.between(`recalibration of ${name}`, event.fraction)
    }
    trained.push(await pump(run, tell, log, watch))
  }
  return trained
}

/** What the answer says of each network: those that were not trained here with how they were made. */
export function networkReport({ task, validationLoss, seconds, origin }: TrainedNetwork) {
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null)
  const trained = { terms: task.terms, validationLoss: known(validationLoss), seconds: known(seconds) }
  if (!origin) return { ...trained, replica: task.replica }
  const { name, id, cardVersion, made, epochs, takenOnTrust } = origin
  return {
    ...trained,
    replica: made?.replica ?? null,
    ...{ folder: name, id, cardVersion, epochs },
    ...{ seed: made?.seed ?? null, preset: made?.preset ?? null, points: made?.points ?? null },
    ...{ events: made?.events ?? null, source: made?.source ?? null, product: made?.product ?? null },
    takenOnTrust,
  }
}
