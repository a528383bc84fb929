import { workerData } from 'node:worker_threads'
import { serveThread } from '../serve-thread.ts'
import { sampleDifference } from './sample-difference.ts'

/** The folder of the samples. */
const folder = workerData as string

serveThread<string, string | undefined>(Promise.resolve((id) => sampleDifference(id, folder)))
