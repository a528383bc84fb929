import { eventLine } from '../../dataset/dark-machines/event-line.ts'
import { AppError } from '../../errors.ts'
import type { ReconstructedEvent } from '../../generator/detector/reconstructed.ts'
import type { Collision } from '../../generator/hard-process/integrand.ts'
import type { PartonEvents } from '../../generator/parton-events/parton-events.ts'
import { lheEvents } from '../../generator/parton-events/write-lhe.ts'
import { createSampleChain } from '../../generator/samples/sample-chain.ts'
import type { eventFormats, GenerateOptions } from './options.ts'

export type EventFormat = (typeof eventFormats)[number]

/** What a file takes in of a block of events; sent between threads. */
export type EventContent =
  | { kind: 'text'; text: string }
  | { kind: 'particles'; events: PartonEvents }
  | { kind: 'objects'; events: ReconstructedEvent[]; weight: Float64Array }

/**
 * The format of a set-up.
 *
 * @throws AppError 'input/invalid' for a format that the stage has not, or a detector that sees what has not decayed
 */
export function formatFromOptions({
  stage,
  format: asked,
  decays,
}: Pick<GenerateOptions, 'stage' | 'format' | 'decays'>): EventFormat {
  const own: EventFormat = stage === 'detector' ? 'darkmachines' : 'lhe'
  const format = asked ?? own
  if (format !== own && format !== 'parquet')
    throw new AppError(
      'input/invalid',
      `--format ${format} does not hold events of --stage ${stage}. Write --format ${own} or parquet, or choose another stage.`,
    )
  if (stage === 'detector' && decays === 'none')
    throw new AppError(
      'input/invalid',
      'A detector sees no tops, W, Z or gluinos: --stage detector does not go with --decays none. Leave one of them out.',
    )
  return format
}

/** The name of a process where blanks and semicolons have a meaning. */
export const plainProcess = (process: string): string => process.trim().replaceAll(/[;\s]+/g, '_')

/** Takes the parton events of a block through the stages asked for. */
export function createContentMaker(
  options: Pick<GenerateOptions, 'stage' | 'format' | 'decays' | 'process' | 'seed'>,
  { sqrtS, pdf, parameters }: Pick<Collision, 'sqrtS' | 'pdf' | 'parameters'>,
  kernel: WebAssembly.Module | undefined,
): (events: PartonEvents, block: number, firstEvent: number) => { content: EventContent; empty: number } {
  const { stage, process, seed } = options
  const format = formatFromOptions(options)
  const chain = createSampleChain({ pdf, sqrtS, kernel, seed })
  if (stage === 'detector') {
    const name = plainProcess(process)
    return (events, block, firstEvent) => {
      const detected = chain.detected(events, block)
      const empty = detected.filter(({ count }) => count === 0).length
      if (format === 'parquet')
        return { content: { kind: 'objects', events: detected, weight: events.weight }, empty }
      const text = detected
        .map((event, i) =>
          event.count === 0 ? '' : eventLine(firstEvent + i + 1, name, events.weight[i], event),
        )
        .join('')
      return { content: { kind: 'text', text }, empty }
    }
  }
  return (events, block) => {
    const made = stage === 'shower' ? chain.showered(events, block) : events
    const content: EventContent =
      format === 'parquet'
        ? { kind: 'particles', events: made }
        : { kind: 'text', text: lheEvents(made, parameters.alphaEm) }
    return { content, empty: 0 }
  }
}
