import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { checkFolderContent } from '../../../cli/check-folder-content.ts'
import { defineCommand } from '../../../cli/command.ts'
import { modelFolder, writeFiles } from '../../../cli/files.ts'
import { rangeOf } from '../../../cli/options/ranges.ts'
import { inSteps, resumable, resumeOptions, type ResumableRun } from '../../../cli/resumable-run.ts'
import { runParts } from '../../../cli/run-parts.ts'
import { parseRatioCard } from '../../../ml/ratio/ratio-card.ts'
import type { NetworkTask } from '../analysis/fit/fit-setup.ts'
import { setupProcess } from '../analysis/fit/setup-process.ts'
import { networkTasks } from '../analysis/ratios/network-tasks.ts'
import { testSample } from '../analysis/ratios/training-sample.ts'
import { fitSchema, type FitIntent } from '../intent.ts'
import { namedSetups, setupNames } from '../named-setups.ts'
import { shippedEvents, shippedReplicas } from '../shipped-networks.ts'
import { compareNetwork, ratioModelFiles } from './ratio-model.ts'
import { trainTask } from './train-task.ts'

interface NetworkPart {
  id: string
  setup: FitIntent
  task: NetworkTask
}

/** What the page ships: for the events of each named set-up as many networks as the page takes, of its first seed. */
function shippedParts(changes: Partial<FitIntent>): NetworkPart[] {
  const events = new Map(
    setupNames.map((name) => [shippedEvents(namedSetups[name].setup), namedSetups[name].setup]),
  )
  return [...events].flatMap(([name, setup]) => {
    if (name === null) throw new Error('a named set-up has no name of its events')
    return networkTasks({ ...setup, replicas: shippedReplicas }).map((task) => ({
      id: `${name}-${task.replica + 1}`,
      setup: { ...setup, ...changes },
      task,
    }))
  })
}

const ids = shippedParts({}).map(({ id }) => id)

export const trainRatioModelsCommand = defineCommand({
  summary: 'trains every ratio network that the page ships, into models/ratios (seeded, in half precision)',
  options: {
    only: { kind: 'choice', choices: ids, help: 'one network; absent: all' },
    out: {
      ...{ kind: 'output', what: 'folder', default: join(modelFolder, 'ratios') },
      help: 'folder that holds a folder for each network',
    },
    index: {
      ...{ kind: 'output', what: 'file', default: 'src/studies/top-pair/shipped-weights.json' },
      help: 'SHA-256 of the weights of all that lie there, by which the page names results',
    },
    'training-points': {
      ...{ kind: 'number', ...rangeOf(fitSchema.shape.trainingPoints) },
      help: "phase-space points of each; default: the networks' preset",
    },
    epochs: {
      kind: 'number',
      ...rangeOf(fitSchema.shape.epochs),
      help: "at most; default: the networks' preset",
    },
    ...resumeOptions,
  },
  run: async (options, log, texts) => {
    const { out, only, epochs = null, 'training-points': trainingPoints = null } = options
    const parts = shippedParts({ epochs, trainingPoints })
      .filter(({ id }) => only === undefined || id === only)
      .map((part) => ({ ...part, folder: join(out, part.id) }))
    for (const { folder } of parts) checkFolderContent('out', folder, networkFileNames)
    const whole = ({ folder }: { folder: string }) => existsSync(join(folder, 'weights.bin'))
    return resumable({ command: 'train-ratio-models', options, texts, rests: {} }, log, (run) =>
      runParts(run, parts, whole, (part, own) => {
        log(`== ${part.id}`)
        return trainAndWrite(part, part.folder, own, log)
      }).then((results) => {
        writeFiles(dirname(options.index), [{ name: basename(options.index), bytes: indexOf(out) }])
        return results
      }),
    )
  },
})

/** SHA-256 of the weights by id. */
function indexOf(out: string): string {
  const entries = ids.flatMap((id) => {
    const card = join(out, id, 'card.json')
    if (!existsSync(card)) return []
    return [[id, parseRatioCard(readFileSync(card, 'utf8')).weightsSha256]]
  })
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`
}

/** The page needs no more: what opens in TensorFlow.js is written by train-ratio. */
const networkFileNames = ['card.json', 'weights.bin'] as const

/** The network that the page itself would train for the set-up, from the same events, start and batches. */
async function trainAndWrite(
  { setup, task }: NetworkPart,
  folder: string,
  run: ResumableRun,
  log: (line: string) => void,
) {
  const { outcome, kept, card } = await trainTask(setup, task, run, log)
  const test = await inSteps(testSample(setup), 'test events', run, kept)
  const process = setupProcess(setup)
  const comparisons = task.terms.map((term) => compareNetwork(process, test, outcome, term, false))
  const files = await ratioModelFiles(outcome, card, comparisons, run.seconds(), 'float16')
  writeFiles(
    folder,
    files.filter(({ name }) => networkFileNames.some((known) => known === name)),
  )
  return { folder, validationLoss: outcome.validationLoss }
}
