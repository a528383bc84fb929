import type { SampleEvents } from '../../../../dataset/event-samples/sample-events.ts'
import { AppError } from '../../../../errors.ts'
import type { TokenEvents } from '../../../../ml/transformer/token-source.ts'
import { eventTokens, type RawTokens } from './event-tokens.ts'
import { splitEvents, type EventSplit } from './split-events.ts'
import { firstEventToken } from './token-layout.ts'
import { fitTokenScaling, standardised, type TokenScaling } from './token-scaling.ts'

/** Fewer events of a class say nothing of it once they are split. */
export const fewestEvents = 100

/** Events of one class with what a generator alone knows of them. */
export interface ClassEvents {
  /** Of a sample or a file. */
  readonly id: string
  readonly sample: SampleEvents
  /** Events of the whole sample, of which these are the first; the split is of all of them. */
  readonly of?: number
  /** Where it is another than that of the class's name. */
  readonly split?: EventSplit
  /** [events], for the switch "number of neutrinos"; shipped samples, at detector level, do not have it */
  readonly neutrinos?: ArrayLike<number>
}

/** Tokens of all classes with their split: rows of class c follow those of class c - 1. */
export interface TokenCorpus extends TokenEvents {
  readonly classes: readonly string[]
  readonly raw: RawTokens
  readonly scaling: TokenScaling
  /** Rows of `values`. */
  readonly split: EventSplit
  /** Row within its class's sample. */
  readonly source: Uint32Array
}

/**
 * Classes as tokens: standardised by what the training part fills, or as asked; weights restore the mixture of processes within a class, and
 * all classes weigh the same in each part of the split, 1 an event on average.
 *
 * @throws AppError 'input/invalid' for one class alone, fewer than 100 events of one, weights that are negative or not finite,
 *         a class without any object
 */
export function tokenCorpus(
  classes: readonly ClassEvents[],
  seed: number,
  asked?: TokenScaling,
): TokenCorpus {
  check(classes)
  const raws = classes.map(({ sample, neutrinos }) => eventTokens(sample, neutrinos))
  classes.forEach(({ id, sample }, c) => {
    checkTokens(id, raws[c])
    checkWeights(id, sample)
  })
  const raw = joined(raws, classes)
  const starts = startsOf(classes)
  const labels = new Uint8Array(raw.events)
  const source = new Uint32Array(raw.events)
  const weights = new Float32Array(raw.events)
  const parts = classes.map(({ id, sample, of = sample.events, split: own }, c) => {
    labels.fill(c, starts[c], starts[c] + sample.events)
    for (let i = 0; i < sample.events; i++) source[starts[c] + i] = i
    return own ?? firstOf(splitEvents(of, seed, id), sample.events)
  })
  const split: EventSplit = {
    training: rowsOf('training', parts, starts),
    validation: rowsOf('validation', parts, starts),
    test: rowsOf('test', parts, starts),
  }
  for (const part of ['training', 'validation', 'test'] as const) {
    const each = split[part].length / classes.length
    classes.forEach(({ sample }, c) => {
      let sum = 0
      for (const i of parts[c][part]) sum += sample.weight[i]
      for (const i of parts[c][part]) weights[starts[c] + i] = (sample.weight[i] * each) / sum
    })
  }
  const scaling =
    asked ??
    fitTokenScaling(
      raw,
      split.training,
      Float32Array.from(split.training, (r) => weights[r]),
    )
  return {
    ...{ events: raw.events, tokens: raw.tokens, values: standardised(raw, scaling), filled: raw.filled },
    ...{ labels, weights, classes: classes.map(({ id }) => id), raw, scaling, split, source },
  }
}

function check(classes: readonly ClassEvents[]): void {
  if (classes.length < 2)
    throw new AppError(
      'input/invalid',
      `There is ${classes.length} class of events, telling classes apart takes 2. Add a sample or file of another class.`,
    )
  for (const { id, sample } of classes)
    if (sample.events < fewestEvents)
      throw new AppError(
        'input/invalid',
        `Class ${id} has ${sample.events} events, the least is ${fewestEvents}: 15 % of them are tested on. Add events or leave the class out.`,
      )
}

function checkWeights(id: string, { weight, events }: SampleEvents): void {
  let total = 0
  for (let i = 0; i < events; i++) {
    if (!(weight[i] >= 0 && weight[i] < Infinity))
      throw new AppError(
        'input/invalid',
        `Event ${i + 1} of ${events} of class ${id} has the weight ${weight[i]}, weights are finite and not negative. Unweight the sample first.`,
      )
    total += weight[i]
  }
  if (!(total > 0))
    throw new AppError(
      'input/invalid',
      `The ${events} weights of class ${id} add up to ${total}, more than 0 is needed. Give it weights or leave the class out.`,
    )
}

function checkTokens(id: string, { events, tokens, filled }: RawTokens): void {
  for (let i = 0; i < events; i++)
    if (filled.subarray(i * tokens, i * tokens + firstEventToken).includes(1)) return
  throw new AppError(
    'input/invalid',
    `The ${events} events of class ${id} have 0 jets and leptons together, a transformer needs 1 at least. Check which columns hold the objects.`,
  )
}

const startsOf = (classes: readonly ClassEvents[]): number[] => {
  let start = 0
  return classes.map(({ sample }) => {
    start += sample.events
    return start - sample.events
  })
}

/** What a split says of events 0 to n - 1. */
function firstOf(split: EventSplit, n: number): EventSplit {
  const below = (rows: Uint32Array): Uint32Array => rows.filter((row) => row < n)
  return { training: below(split.training), validation: below(split.validation), test: below(split.test) }
}

function rowsOf(
  part: keyof EventSplit,
  parts: readonly EventSplit[],
  starts: readonly number[],
): Uint32Array {
  return Uint32Array.from(parts.flatMap((own, c) => Array.from(own[part], (i) => starts[c] + i)))
}

function joined(raws: readonly RawTokens[], classes: readonly ClassEvents[]): RawTokens {
  const { tokens } = raws[0]
  const other = raws.findIndex((raw) => raw.tokens !== tokens)
  if (other >= 0)
    throw new AppError(
      'data/mismatch',
      `Class ${classes[other].id} has ${raws[other].tokens} numbers an event, class ${classes[0].id} ${tokens}: the number of neutrinos is known of one alone. Leave that switch off.`,
    )
  const events = raws.reduce((sum, raw) => sum + raw.events, 0)
  const values = new Float32Array(events * tokens)
  const filled = new Uint8Array(events * tokens)
  let at = 0
  for (const raw of raws) {
    values.set(raw.values, at)
    filled.set(raw.filled, at)
    at += raw.values.length
  }
  return { events, tokens, values, filled }
}
