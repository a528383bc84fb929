import { workerData } from 'node:worker_threads'
import type { Sampling } from '../../generator/hard-process/unweighting.ts'
import { hardProcessFromOptions } from '../cross-section/set-up.ts'
import { serveThread } from '../serve-thread.ts'
import { createEventMaker, type EventAnswer, type EventTask } from './event-maker.ts'
import type { GenerateOptions } from './options.ts'

/** What a thread is given. */
export interface EventThreadData {
  options: GenerateOptions
  sampling: Sampling
}

const { options, sampling } = workerData as EventThreadData

serveThread<EventTask, EventAnswer>(
  hardProcessFromOptions(options, () => undefined).then(
    (process) => createEventMaker(options, sampling, process).make,
  ),
)
