import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import { AppError } from '../errors.ts'
import { product } from '../product.ts'
import { sha256Hex } from '../numerics/sha256.ts'
import type { OptionTable } from './options/option.ts'
import type { OptionTexts, OptionValues } from './options/option-values.ts'
import {
  checkSameRun,
  readStoredRun,
  removeStoredRun,
  writeStoredRun,
  type RunProgress,
  type RunSetup,
} from './checkpoint-file.ts'
import { lineToGoOn } from './line-to-go-on.ts'
import { createProgressLines } from './progress-lines.ts'
import { stillRuns, thisProcess } from './running-process.ts'

export type Sections = Record<string, Uint8Array>

/** Of every command whose work is kept while it lasts. */
export const resumeOptions = {
  resume: {
    kind: 'flag',
    help: 'go on from the checkpoint of an interrupted run, with the same other options',
  },
  checkpoint: {
    kind: 'output',
    what: 'file',
    help: 'kept up to date while the run lasts; default: beside what is written',
  },
  'checkpoint-every': {
    kind: 'number',
    min: 0,
    max: 86_400,
    unit: 's',
    default: '5',
    help: 'time between checkpoints; more where writing one takes long',
  },
} satisfies OptionTable

/** Says where a run writes and how it is helped along; the result does not depend on them. */
const free = ['out', 'resume', 'checkpoint', 'checkpoint-every']

export interface ResumableRequest {
  command: string
  options: Omit<OptionValues<typeof resumeOptions>, 'resume'> & { resume?: boolean; out?: string }
  /** The options as they were typed: those that decide the result must be the same when it goes on. */
  texts: OptionTexts
  /** Where the checkpoint lies without --checkpoint; default: beside --out, or in this folder, named by the set-up. */
  checkpoint?: string
  /** Another file to go on from. */
  resumeFrom?: string
  /** Goes on from a checkpoint that is there, as jobs do that a machine starts again. */
  goesOn?: boolean
  /** What the result rests on beside the options, such as hashes of files. */
  rests: RunSetup
}

/** A run that can be stopped and continued to the bit. */
export interface ResumableRun {
  /** Of the interrupted run, empty at a fresh start. */
  readonly stored: Readonly<Sections>
  /** Time since the start, that of interrupted runs included [s]. */
  seconds(): number
  /**
   * After every step: tells progress, and writes a checkpoint when one is due.
   *
   * @param sections  the state after this step, only called where it is written; absent: what was kept last leads here
   *                  again
   * @throws AppError 'job/cancelled' after SIGINT or SIGTERM, once the checkpoint is written
   */
  step(progress: RunProgress, sections?: () => Sections | Promise<Sections>): Promise<void>
}

/** Share of the time that may be spent on writing checkpoints, unless --checkpoint-every is 0. */
const mostTimeWriting = 0.05
/** Signals are only seen between turns of the event loop [ms]. */
const turnEvery = 20

/**
 * Runs work whose state is kept in a file: on an interval, at SIGINT and at SIGTERM. The file is removed at success. A
 * second signal, a second later, ends the process at once.
 *
 * @throws AppError 'job/cancelled' after a signal, 'data/mismatch' for a checkpoint of another set-up, 'data/corrupt' for
 *         a damaged one, 'data/not-found' where there is none to resume, 'input/invalid' where one would be overwritten
 */
export async function resumable<T>(
  { command, options, texts, checkpoint, resumeFrom, goesOn = false, rests }: ResumableRequest,
  log: (line: string) => void,
  work: (run: ResumableRun) => Promise<T>,
): Promise<T> {
  const setup = { 'the version': product, ...rests, ...decidingOptions(texts) }
  const path = options.checkpoint ?? checkpoint ?? (await defaultPath(command, options.out, setup))
  const found = await readStoredRun(resumeFrom ?? path)
  const resumes = options.resume || resumeFrom !== undefined || (goesOn && found !== null)
  const stored = resumes ? found : null
  if (resumes && !stored)
    throw new AppError(
      'data/not-found',
      `There is no checkpoint at ${resumeFrom ?? path}. Leave --resume out to begin, or name the file.`,
    )
  if (found && stillRuns(found.writer))
    throw new AppError(
      'input/invalid',
      `${resumeFrom ?? path} is kept by process ${found.writer.pid}, which still runs. Wait for it or end it, or choose another --out or --checkpoint.`,
    )
  if (stored) checkSameRun(stored, { command, setup }, resumeFrom ?? path)
  else if (found?.progress)
    throw new AppError(
      'input/invalid',
      `${path} keeps an interrupted ${found.command} at ${describe(found.progress)}. Go on with --resume, or remove the file to start anew.`,
    )
  const before = stored?.seconds ?? 0
  const started = performance.now()
  const seconds = () => before + (performance.now() - started) / 1000
  let progress = stored?.progress ?? null
  const pace = 1000 * options['checkpoint-every']
  let due = pace
  let turned = performance.now()
  const signals = listenToSignals(log)
  const tell = createProgressLines(log)

  async function keep(sections: Sections): Promise<void> {
    const from = performance.now()
    await writeStoredRun(path, {
      command,
      setup,
      progress,
      seconds: seconds(),
      writer: thisProcess(),
      sections,
    })
    const now = performance.now()
    due = now - started + (pace === 0 ? 0 : Math.max(pace, (now - from) / mostTimeWriting))
  }

  try {
    if (progress) log(`going on at ${describe(progress)}`)
    await keep(stored?.sections ?? {})
    const result = await work({
      stored: stored?.sections ?? {},
      seconds,
      async step(now, sections) {
        tell(now)
        if (performance.now() - turned >= turnEvery) {
          await eventLoopTurn()
          turned = performance.now()
        }
        const stopping = signals.received()
        if (sections) {
          progress = now
          if (stopping || performance.now() - started >= due) await keep(await sections())
        }
        if (stopping)
          throw new AppError(
            'job/cancelled',
            progress === null
              ? `Stopped at ${describe(now)}, of which nothing is kept. Begin anew with: ${lineToGoOn(null)}`
              : `Stopped at ${describe(now)}. Go on with: ${lineToGoOn(goesOn ? null : '--resume')}`,
          )
      },
    })
    removeStoredRun(path)
    return result
  } catch (thrown) {
    // Nothing was done, or would only be done again.
    if (progress === null || AppError.from(thrown).code === 'ml/diverged') removeStoredRun(path)
    throw thrown
  } finally {
    signals.stop()
  }
}

function decidingOptions(texts: OptionTexts): RunSetup {
  return Object.fromEntries(
    Object.entries(texts)
      .filter(([name]) => !free.includes(name))
      .map(([name, value]) => [`--${name}`, value ?? null]),
  )
}

/** Runs a generator of done shares to its end, as steps of one hundred. */
export async function inSteps<T>(
  work: Generator<number, T>,
  part: string,
  { step }: Pick<ResumableRun, 'step'>,
  sections?: () => Sections,
): Promise<T> {
  for (;;) {
    const next = work.next()
    if (next.done) return next.value
    await step({ done: Math.floor(100 * next.value), total: 100, unit: 'percent', part }, sections)
  }
}

async function defaultPath(command: string, out: string | undefined, setup: RunSetup): Promise<string> {
  if (out !== undefined) return `${out.replace(/(?<=[^/\\])[/\\]+$/, '')}.checkpoint`
  const key = await sha256Hex(new TextEncoder().encode(JSON.stringify(setup)))
  return `${command}-${key.slice(0, 12)}.checkpoint`
}

function describe({ done, total, unit, part }: RunProgress): string {
  return `${part === undefined ? '' : `${part}, `}${unit} ${done} of ${total}`
}

/** Ctrl-C reaches a process twice where npm hands it on: what follows within a second counts as the same. */
const sameSignalMs = 1000

function listenToSignals(log: (line: string) => void) {
  let first: number | null = null
  const listen = (): void => {
    const now = performance.now()
    if (first === null) {
      first = now
      log('stopping after this step')
    } else if (now - first > sameSignalMs) process.exit(130)
  }
  const names = ['SIGINT', 'SIGTERM'] as const
  for (const name of names) process.on(name, listen)
  return {
    received: () => first !== null,
    stop: () => {
      for (const name of names) process.off(name, listen)
    },
  }
}
