import * as z from 'zod'
import { AppError } from '../../errors.ts'
import { eventsPerBlock } from '../../generator/parton-events/event-block.ts'
import { defineCommand } from '../command.ts'
import { densityHash } from '../cross-section/density-hash.ts'
import { hardProcessFromOptions } from '../cross-section/set-up.ts'
import { formatFromOptions } from '../generate/event-content.ts'
import { createEventMaker, type EventTask } from '../generate/event-maker.ts'
import { eventsInOrder } from '../generate/event-runner.ts'
import { openEventFile } from '../generate/open-event-file.ts'
import { generateOptions } from '../generate/options.ts'
import { samplingFromOptions } from '../generate/sampling.ts'
import { withModel } from '../model-option.ts'
import { resumable, type ResumableRun } from '../resumable-run.ts'

const section = 'events'

/** What an interrupted run had written. */
const stateSchema = z.object({
  blocks: z.number().int().nonnegative(),
  trials: z.number().nonnegative(),
  sum: z.number(),
  sum2: z.number(),
  weights: z.number(),
  empty: z.number().int().nonnegative(),
})
type State = z.infer<typeof stateSchema>

export const generateCommand = defineCommand({
  summary: 'unweighted events of a hard process: partons with colour flow, showers, or what a detector sees',
  options: generateOptions,
  run: async (given, log, texts) => {
    const options = withModel(given)
    const format = formatFromOptions(options)
    const process = await hardProcessFromOptions(options, log)
    const { hard, set } = process
    if (hard.leftOut.length > 0)
      log(`left out, as their amplitudes are not known here: ${hard.leftOut.join(', ')}`)
    const request = {
      command: 'generate',
      options,
      texts: { ...texts, workers: undefined },
      rests: { 'the PDF': await densityHash(options.pdf) },
    }
    const notes = [
      `leading order ${options.process}, PDF ${hard.collision.pdf.id}, seed ${options.seed}`,
      `parameters ${JSON.stringify(set.named)}`,
    ]
    return await resumable(request, log, async (run) => {
      const sampling = await samplingFromOptions(options, hard, run)
      const maker = createEventMaker(options, sampling, process)
      const { events: count, out } = options
      const state = stored(run) ?? { blocks: 0, trials: 0, sum: 0, sum2: 0, weights: 0, empty: 0 }
      const file = await openEventFile(format, options, maker.subprocesses, {
        ...{ path: out, stored: run.stored, notes },
      })
      try {
        const contents = []
        for await (const answer of eventsInOrder(tasksFrom(state.blocks, count), maker, options, sampling)) {
          contents.push(answer.content)
          state.blocks++
          state.trials += answer.trials
          state.sum += answer.sum
          state.sum2 += answer.sum2
          state.weights += answer.weights
          state.empty += answer.empty
          const done = Math.min(count, state.blocks * eventsPerBlock)
          const progress = { done, total: count, unit: 'event' }
          if (contents.length < file.blocksAtOnce && done < count) {
            await run.step(progress)
            continue
          }
          await file.append(contents.splice(0))
          const kept = { ...state }
          await run.step(progress, () => ({
            [section]: new TextEncoder().encode(JSON.stringify(kept)),
            ...file.state(),
          }))
        }
        const value = state.sum / state.trials
        const error = Math.sqrt(Math.max(0, state.sum2 / state.trials - value * value) / state.trials)
        await file.finish(value, error)
        return {
          ...{ events: count, sigma_pb: value, error_pb: error },
          efficiency: count / state.trials,
          meanWeight: state.weights / count,
          ...(options.stage === 'detector' && { withoutObjects: state.empty }),
          processes: maker.subprocesses,
          parameters: set.named,
          ...(set.mediator && { mediator: set.mediator }),
          out,
        }
      } finally {
        await file.close()
      }
    })
  },
})

function* tasksFrom(firstBlock: number, events: number): Generator<EventTask> {
  for (let number = firstBlock; number * eventsPerBlock < events; number++)
    yield { number, count: Math.min(events - number * eventsPerBlock, eventsPerBlock) }
}

function stored({ stored: sections }: ResumableRun): State | undefined {
  if (!Object.hasOwn(sections, section)) return undefined
  const parsed = stateSchema.safeParse(JSON.parse(new TextDecoder().decode(sections[section])))
  if (parsed.success) return parsed.data
  throw new AppError(
    'data/corrupt',
    'The state of the events cannot be read. Remove the checkpoint and start anew.',
  )
}
