import { AppError, shortName } from '../../../../errors.ts'
import type { ReadRatioCard } from '../../../../ml/ratio/ratio-card.ts'
import { readRatioModelFiles, type RatioModel } from '../../../../ml/ratio/ratio-model-files.ts'
import { readRatioRun, type RatioRun } from '../../../../ml/ratio/ratio-run.ts'
import type { NetworkOrigin, TrainedNetwork } from '../fit/fit-jobs.ts'
import type { FitSetup } from '../fit/fit-setup.ts'
import { checkCoverage } from './network-coverage.ts'
import type { NetworkFiles } from './network-files.ts'
import {
  compareCard,
  sameTerm,
  wantedNetworks,
  type CardDifference,
  type WantedNetworks,
} from './network-setup.ts'

export interface LoadedNetworks {
  networks: TrainedNetwork[]
  notes: string[]
}

interface Found extends RatioModel {
  name: string
  run: RatioRun | null
  /** What its card leaves open and was taken on trust. */
  unsaid: string[]
}

/**
 * Networks that were trained elsewhere, for this set-up or not at all. Everything is looked at before anything is refused, so that one
 * message names all that is wrong.
 *
 * @param trustCards  takes networks whose cards do not say all (version 1, or trained from a file) as they are
 * @param replicas    how many per term there must be; absent: as many as there are, the same for every term
 * @throws AppError 'model/mismatch' with both values for networks of other events, for what cards leave open, and listing missing and
 *         doubled (term, replica); 'model/corrupt' for damaged files
 */
export async function loadNetworks(
  files: readonly NetworkFiles[],
  setup: FitSetup,
  { trustCards, replicas }: { trustCards: boolean; replicas?: number },
): Promise<LoadedNetworks> {
  const wanted = wantedNetworks(setup)
  const found: Found[] = []
  // Networks of one training campaign share their faults: by what is said of them, who they are.
  const different = new Map<string, string[]>()
  const unsaid = new Map<string, string[]>()
  for (const file of files) {
    const read = await readNetwork(file)
    const verdict = compareCard(read.card, wanted)
    const { name } = file
    if (verdict.different.length > 0) add(different, bothValues(verdict.different), name)
    if (verdict.unsaid.length > 0)
      add(unsaid, `version ${read.card.schemaVersion}, does not say ${verdict.unsaid.join(', ')}`, name)
    found.push({ ...read, unsaid: verdict.unsaid })
  }
  if (different.size > 0)
    throw new AppError(
      'model/mismatch',
      `Networks of other events than those of the fit. ${listed(different)}. Train for this set-up, or change the set-up.`,
    )
  if (unsaid.size > 0 && !trustCards)
    throw new AppError(
      'model/mismatch',
      `Networks whose cards do not tell which events they are for. ${listed(unsaid)}. Train again, or --trust-card to use it as it is.`,
    )
  const covered = checkCoverage(found.map(coverageEntry), wanted.terms, replicas)
  const notes = [
    ...(unsaid.size > 0 ? [`Cards taken on trust (--trust-card). ${listed(unsaid)}.`] : []),
    ...covered.notes,
  ]
  return { networks: found.map((one) => trainedNetwork(one, wanted)), notes }
}

async function readNetwork({ name, card, weights, run }: NetworkFiles): Promise<Omit<Found, 'unsaid'>> {
  try {
    const model = await readRatioModelFiles({ card, weights })
    return { ...model, name, run: run === null ? null : readRatioRun(run, model.card.weightsSha256) }
  } catch (thrown) {
    const { code, message, context } = AppError.from(thrown)
    throw new AppError(code, `${name}: ${message}`, context)
  }
}

const coverageEntry = ({ name, card }: Found) => ({
  name,
  terms: card.terms,
  replica: card.made?.replica ?? null,
  weightsSha256: card.weightsSha256,
})

/** As if it had been trained for the fit, with where it comes from. */
function trainedNetwork(found: Found, wanted: WantedNetworks): TrainedNetwork {
  const { terms } = found.network
  return trainedOf(
    found,
    terms.map((term) => wanted.terms.find((own) => sameTerm(own, term)) ?? term),
  )
}

function trainedOf({ name, card, network, run, unsaid }: Found, terms: string[]): TrainedNetwork {
  return {
    task: { terms, replica: card.made?.replica ?? 0 },
    network: { ...network, terms },
    parameters: new Float32Array(0),
    bestEpoch: card.epochs.best,
    validationLoss: card.metrics.validationLoss ?? NaN,
    stoppedEarly: card.epochs.done < card.training.epochs,
    history: [],
    backend: card.engine,
    seconds: run?.seconds ?? NaN,
    origin: originOf(name, card, unsaid),
  }
}

/**
 * A network of files that are taken as they are: nothing says for which set-up it is asked.
 *
 * @throws AppError 'model/corrupt' of readRatioRun
 */
export function networkOfModel(
  name: string,
  { card, network }: RatioModel,
  run: string | null,
): TrainedNetwork {
  const replica = card.made?.replica ?? 1
  const read = run === null ? null : readRatioRun(run, card.weightsSha256)
  return {
    ...trainedOf({ name, card, network, run: read, unsaid: [] }, [...network.terms]),
    task: { terms: [...network.terms], replica: replica - 1 },
  }
}

function originOf(
  name: string,
  { schemaVersion, made, epochs, id }: ReadRatioCard,
  unsaid: string[],
): NetworkOrigin {
  return {
    name,
    id,
    cardVersion: schemaVersion,
    made,
    epochs: epochs.done,
    takenOnTrust: unsaid,
  }
}

/** Messages have an end: of so many characters. */
const roomForValues = 300

/** Numbers behind a name only where there is room for them; the shortest first, and what remains by name. */
function bothValues(differences: readonly CardDifference[]): string {
  const say = ({ what, card, wanted }: CardDifference) => `${what} ${card} on the card, ${wanted} in the fit`
  const whole = differences.map(say).join('; ')
  if (whole.length <= roomForValues) return whole
  const texts = differences
    .map((difference) => ({ what: difference.what, text: say(difference).replace(/ \([^)]*\)/g, '') }))
    .toSorted((a, b) => a.text.length - b.text.length)
  let length = 0
  const told = texts.filter(({ text }, k) => (length += text.length + 2) <= roomForValues || k === 0)
  const rest = texts.slice(told.length).map(({ what }) => what)
  return [...told.map(({ text }) => text), ...(rest.length > 0 ? [`also ${rest.join(', ')}`] : [])].join('; ')
}

function add(to: Map<string, string[]>, text: string, name: string): void {
  to.set(text, [...(to.get(text) ?? []), name])
}

/** Names of folders in a message. */
const shown = 2

function shortList(names: readonly string[]): string {
  const more = names.length - shown
  return (
    names
      .slice(0, shown)
      .map((name) => shortName(name))
      .join(', ') + (more > 0 ? ` and ${more} more` : '')
  )
}

function listed(problems: Map<string, string[]>): string {
  return [...problems].map(([text, names]) => `${shortList(names)}: ${text}`).join('. ')
}
