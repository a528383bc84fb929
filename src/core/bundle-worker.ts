import { createJobClient, type JobClient } from '../jobs/job-client.ts'
import type { BundleJobs } from '../share/bundle/bundle-format.ts'
import type { Platform } from './platform.ts'

/** Packs or unpacks in a worker of its own, which ends with the job. */
export async function inBundleWorker<T>(
  platform: Pick<Platform, 'spawn'>,
  act: (jobs: JobClient<BundleJobs>) => Promise<T>,
): Promise<T> {
  const jobs = createJobClient<BundleJobs>(() => platform.spawn('compute'), 'bundle')
  try {
    return await act(jobs)
  } finally {
    jobs.close()
  }
}
